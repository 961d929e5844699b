import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';

/** Fields of a form: `binary` for a file, else the type of their text. */
type FormFields = Readonly<Record<string, { readonly type: 'binary' | 'string' | 'number'; readonly about: string }>>;

/** Documents a route that takes `multipart/form-data`. */
export function FormBody(fields: FormFields, required: readonly string[]): MethodDecorator {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, { type, about }]) => [
      name,
      { description: about, ...(type === 'binary' ? { type: 'string', format: 'binary' } : { type }) },
    ]),
  );
  const schema = { type: 'object', properties, required: [...required] };
  return applyDecorators(ApiConsumes('multipart/form-data'), ApiBody({ schema }));
}

/** The field that says who answers. */
export const MODEL_FIELD = { type: 'string', about: 'Model or model group, as listed by /v1/models' } as const;

/** What LaaS takes in one call. */
export interface LaasLimits {
  /** Images in one message. */
  readonly images: number;
  /** Size of an image in bytes, before base64. */
  readonly imageBytes: number;
  /** Size of a document in bytes, before base64. */
  readonly documentBytes: number;
  readonly documentPages: number;
}

/** The documented limits. */
export const LAAS_LIMITS: LaasLimits = {
  images: 3,
  imageBytes: 4 * 1024 * 1024,
  documentBytes: 32 * 1024 * 1024,
  documentPages: 20,
};

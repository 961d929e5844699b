/** The code of a region, such as `eu-west-1`, `us-gov-east-1` or `eusc-de-east-1`, for patterns. */
export const REGION =
  '(?:(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-|iso[a-z]?-)?|eusc-de-)(?:north|south|east|west|central)(?:east|west)?-\\d';

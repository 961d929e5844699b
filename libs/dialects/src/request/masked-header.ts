/**
 * Header of a call in which the masking proxy tells a gateway how many values of each kind it masked, for the gateway's
 * records: `email=2,aws-arn=1`. No client can say so.
 */
export const MASKED_HEADER = 'x-sallyport-masked';

// The zone of tolerance between the service that a customer finds adequate and the one they desire:
// Zeithaml, Berry and Parasuraman (1993), "The nature and determinants of customer expectations of
// service", Journal of the Academy of Marketing Science 21(1). The two measures: Parasuraman, Zeithaml
// and Berry (1994), "Alternative scales for measuring service quality", Journal of Retailing 70(3).

export type ZonePlace = 'below' | 'within' | 'above';

export type Zone = {
  place: ZonePlace;
  /** Measure of service adequacy (MSA): perceived − adequate. */
  adequacy: number;
  /** Measure of service superiority (MSS): perceived − desired. */
  superiority: number;
};

/** What is wrong with these two levels, in words; null: nothing. */
export function zoneProblem(adequate: number, desired: number): string | null {
  return desired >= adequate
    ? null
    : 'What they desire cannot be less than what is just enough. Where less is better, as with days of waiting, put a minus before each number.';
}

/**
 * Where what they got stands, all three in one unit, of which more is better. Either end belongs to
 * the zone. Throws a RangeError when `desired` is less than `adequate`: see `zoneProblem`.
 */
export function zoneOf(levels: { adequate: number; desired: number; perceived: number }): Zone {
  const { adequate, desired, perceived } = levels;
  const problem = zoneProblem(adequate, desired);
  if (problem !== null) throw new RangeError(problem);
  const place = perceived < adequate ? 'below' : perceived > desired ? 'above' : 'within';
  return { place, adequacy: apart(perceived, adequate), superiority: apart(perceived, desired) };
}

/** 7.1 − 6.2 is 0.9 and not 0.8999999999999995: what is left of binary fractions is cut off. */
function apart(a: number, b: number): number {
  return Number((a - b).toPrecision(12));
}

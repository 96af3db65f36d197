/** How certain a fact is after somebody confirmed it: half of the doubt is gone. Percent; never less than before, 100 at most. Pure. */
export const confirmedPercent = (percent: number): number => percent + Math.ceil((100 - percent) / 2)

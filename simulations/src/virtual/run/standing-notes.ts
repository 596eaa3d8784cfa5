/** What is to be said where clients stand for more people than there are. */
export const standingNotes = (standsFor: number, clients: number, cohort: number): string[] =>
  standsFor === 1
    ? []
    : [
        `each client stands for ${Number(standsFor.toFixed(2))} people: noise and epsilon are those of ${Math.round(clients * standsFor)} people in cohorts of ${Math.round(cohort * standsFor)}`,
      ];

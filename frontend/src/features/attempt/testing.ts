import type {
  Attempt,
  CandidatePaper,
  CandidateQuestion,
  Interaction,
  Unsealing,
} from "@/shared/api";

/** An attempt as tests need it: running, an hour from ten to eleven, unless they say otherwise. */
export function attemptFor(change: Partial<Attempt> = {}): Attempt {
  return {
    id: "a1",
    state: "in_progress",
    closed: false,
    version: 1,
    told_version: 0,
    title: "Natural Sciences",
    candidate_name: "Lin Xiaoyu",
    sitting_id: "s1",
    time_zone: "Asia/Shanghai",
    server_time: "2026-11-23T10:00:00.000000Z",
    opens_at: "2026-11-23T10:00:00.000000Z",
    starts_at: change.opens_at ?? "2026-11-23T10:00:00.000000Z",
    entry_closes_at: "2026-11-23T10:30:00.000000Z",
    window_ends_at: "2026-11-23T12:00:00.000000Z",
    duration_seconds: 3_600,
    extra_seconds: 0,
    accommodation_seconds: 0,
    credits: [],
    started_at: "2026-11-23T10:00:00.000000Z",
    deadline: "2026-11-23T11:00:00.000000Z",
    paused_at: null,
    sitting_paused: false,
    paused_seconds: 0,
    submitted_at: null,
    lease_no: 1,
    takeover: "candidate",
    may_move: false,
    question_count: 3,
    instructions_html: "",
    forward_only: false,
    practice: false,
    sections: [],
    ...change,
  };
}

/** What a start answers with whose paper was never sealed: the player then asks for the paper. */
export const NOTHING_SEALED: Unsealing = { paper: null, key: null, arrangement: { sections: [] } };

export const TEN = Date.parse("2026-11-23T10:00:00Z");
export const MINUTE = 60_000;

type SectionRules = Partial<
  Pick<CandidatePaper["sections"][number], "navigation" | "time_limit_seconds">
>;

/** A paper whose sections hold as many true/false questions as asked for: q1, q2, … */
export function paperFor(...sections: (SectionRules & { questions: number })[]): CandidatePaper {
  let number = 0;
  const questions: CandidateQuestion[] = [];
  const made = sections.map((rules, section) => {
    const own = Array.from({ length: rules.questions }, () =>
      questionFor({ type: "true_false" }, ++number, section),
    );
    questions.push(...own);
    return {
      title: `Part ${section + 1}`,
      instructions_html: "",
      navigation: rules.navigation ?? ("free" as const),
      time_limit_seconds: rules.time_limit_seconds ?? null,
      question_ids: own.map(({ id }) => id),
    };
  });
  return { attempt_id: "a1", sections: made, stimuli: [], questions };
}

export function questionFor(interaction: Interaction, number = 1, section = 0): CandidateQuestion {
  return {
    id: `q${number}`,
    number,
    section,
    points: 2,
    stimulus: null,
    stem_html: `<p>Question number ${number}?</p>`,
    interaction,
  };
}

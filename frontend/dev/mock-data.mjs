// Made-up people and a paper with every kind of question, for the mock server.
const question = (n) => `0198a000-0000-7000-8000-00000000010${n.toString(16)}`;
const options = (...html) => html.map((text, index) => ({ id: `o${index + 1}`, html: text }));

const questions = [
  {
    stem: "<p>Which of these quantities is a <strong>vector</strong>?</p>",
    interaction: {
      type: "single_choice",
      options: options(
        "Mass",
        "Temperature",
        "Velocity",
        'Energy of <span class="math math-inline">\\tfrac12 mv^2</span>',
      ),
    },
  },
  {
    stem: '<p>Which statements about the function <span class="math math-inline">f(x) = x^3 - 3x</span> are true?</p><span class="math math-display">f\'(x) = 3x^2 - 3 = 3(x-1)(x+1)</span>',
    interaction: {
      type: "multiple_choice",
      choices_max: 2,
      options: options(
        'It has a local maximum at <span class="math math-inline">x = -1</span>.',
        "It is monotonic on the whole real line.",
        "It is an odd function.",
        "It has exactly one zero.",
      ),
    },
  },
  {
    stem: "<p>Sound travels faster in water than in air.</p>",
    interaction: { type: "true_false" },
  },
  {
    stem: "<p>What is the name of the process by which plants turn light into chemical energy?</p>",
    interaction: { type: "short_text", chars_max: 200 },
  },
  {
    stem: '<p>A car accelerates uniformly from rest to <span class="math math-inline">20\\,\\mathrm{m/s}</span> in 8 seconds. What is its acceleration?</p><table><thead><tr><th>Time</th><th>Speed</th></tr></thead><tbody><tr><td>0 s</td><td>0 m/s</td></tr><tr><td>4 s</td><td>10 m/s</td></tr><tr><td>8 s</td><td>20 m/s</td></tr></tbody></table>',
    interaction: { type: "numeric", units: ["m/s²", "km/h²", "g"] },
  },
  {
    stem: "<p>Complete the text about the water cycle.</p>",
    interaction: {
      type: "cloze",
      html: '<p>Water <span data-gap="1"></span> from the sea and rises as vapour. As it cools, it <span data-gap="2"></span> into droplets at about <span data-gap="3"></span> °C below the temperature at which it rose, and falls as rain.</p>',
      gaps: [
        {
          id: "1",
          kind: "choice",
          options: [
            { id: "a", text: "evaporates" },
            { id: "b", text: "freezes" },
            { id: "c", text: "sublimates" },
          ],
          chars_max: 100,
        },
        { id: "2", kind: "text", options: [], chars_max: 100 },
        { id: "3", kind: "number", options: [], chars_max: 20 },
      ],
    },
  },
  {
    stem: "<p>Match each organelle with what it does.</p>",
    interaction: {
      type: "matching",
      prompts: options("Mitochondrion", "Ribosome", "Chloroplast"),
      targets: options(
        "Makes proteins",
        "Releases energy from sugar",
        "Captures light",
        "Stores water",
      ),
    },
  },
  {
    stem: "<p>Put the stages of mitosis into order, the earliest first.</p>",
    interaction: {
      type: "ordering",
      items: options("Metaphase", "Telophase", "Prophase", "Anaphase"),
    },
  },
  {
    stem: "<p>According to the text, why did the harbour lose its trade?</p>",
    stimulus: 0,
    section: 1,
    interaction: {
      type: "single_choice",
      options: options(
        "Its water became too shallow for larger ships.",
        "A storm destroyed the quay.",
        "The railway was built too late.",
        "The merchants moved to another country.",
      ),
    },
  },
  {
    stem: "<p>Discuss whether the town's answer to its decline was wise. Use the text, and give at least two reasons.</p>",
    stimulus: 0,
    section: 1,
    points: 10,
    interaction: { type: "essay", words_max: 250, chars_max: 20_000 },
  },
  {
    stem: "<p>阅读左侧材料，用自己的话概括作者的主要观点。</p>",
    stimulus: 1,
    section: 1,
    interaction: { type: "essay", words_max: 200, chars_max: 8_000 },
  },
  {
    stem: "<p>Draw the ray diagram for a thin converging lens and upload a photograph or PDF of it.</p>",
    section: 1,
    points: 4,
    interaction: {
      type: "file_upload",
      files_max: 2,
      bytes_max: 10_485_760,
      extensions: [".pdf", ".jpg", ".png"],
    },
  },
].map(({ stem, stimulus = null, section = 0, points = 2, interaction }, index) => ({
  id: question(index + 1),
  number: index + 1,
  section,
  points,
  stimulus,
  stem_html: stem,
  interaction,
}));

const PASSAGE = `<h3>The harbour that moved</h3>
<p>For three hundred years the town lived from its harbour. Ships came up the narrow river with the tide, unloaded salt and timber, and left with wool. Nobody had planned it; the water was simply deep enough.</p>
<p>Then the ships grew. A vessel of 1850 drew twice as much water as one of 1750, and the river did not grow with them. Year by year more silt came down from the hills, where the forest had been cut for the very ships that could no longer reach the quay.</p>
<p>The council met on a November evening and did something that few councils have done: it decided not to fight. Instead of dredging, which its neighbours did and which ruined them, it bought land at the mouth of the river, eleven kilometres away, and moved the harbour there, crane by crane.</p>
<blockquote>“We are not a town by a river,” the mayor is said to have told the meeting. “We are a town that trades.”</blockquote>
<p>The old quay is a garden now. On summer evenings people sit where the salt was weighed, and most of them do not know why the walls have iron rings.</p>`;

const PASSAGE_ZH = `<h3>书与路</h3><p>古人说“读万卷书，行万里路”，把书与路放在一起，并不是偶然。书里的道理是前人走过的路，而路上的见闻，是尚未写下的书。</p><p>只读书而不行路的人，容易把文字当作世界；只行路而不读书的人，又容易把眼前当作全部。二者相济，方能既见树木，又见森林。</p><p>今天，行路变得容易了，读书却似乎变难了。难的不是找到书，而是找到一段不被打断的时间。</p>`;

export const paper = {
  attempt_id: "0198a000-0000-7000-8000-000000000001",
  sections: [
    {
      title: "Part A: Short questions",
      instructions_html: "<p>Answer all questions. Each is worth two points.</p>",
      navigation: "free",
      time_limit_seconds: null,
      question_ids: questions.filter(({ section }) => section === 0).map(({ id }) => id),
    },
    {
      title: "Part B: Reading and writing",
      instructions_html: "",
      navigation: "free",
      time_limit_seconds: null,
      question_ids: questions.filter(({ section }) => section === 1).map(({ id }) => id),
    },
  ],
  stimuli: [{ html: PASSAGE }, { html: PASSAGE_ZH }],
  questions,
};

const person = (username, display_name, ...roles) => ({
  id: `0198a000-0000-7000-8000-0000000002${username.length.toString().padStart(2, "0")}`,
  username,
  display_name,
  roles: roles.map((role) => ({ role, unit_id: null, unit_name: null })),
  must_change_password: false,
});
export const accounts = [
  person("candidate", "Lin Xiaoyu", "candidate"),
  person("author", "Ada Brandt", "author"),
  person("officer", "Omar Haddad", "officer", "invigilator"),
  person("admin", "Ines Sørensen", "admin", "officer", "author"),
];

const responses = {
  [question(1)]: { type: "single_choice", choice: "o3" },
  [question(2)]: { type: "multiple_choice", choices: ["o1", "o4"] },
  [question(3)]: { type: "true_false", value: true },
  [question(4)]: { type: "short_text", text: "respiration" },
  [question(5)]: { type: "numeric", text: "2.5", unit: "m/s²" },
  [question(6)]: { type: "cloze", gaps: { 1: "a", 2: "condenses" } },
  [question(7)]: { type: "matching", pairs: { o1: "o2", o2: "o1", o3: "o4" } },
  [question(8)]: { type: "ordering", order: ["o3", "o1", "o4", "o2"] },
  [question(10)]: {
    type: "essay",
    text: "The council was wise, I think.\n\nFirst, dredging ruined its neighbours. Second, it understood what the town really lived from.",
  },
  [question(12)]: { type: "file_upload", files: [{ id: "f", name: "lens.pdf", bytes: 182_345 }] },
};
const keys = {
  [question(2)]: { type: "multiple_choice", choices: ["o1", "o3"] },
  [question(4)]: { type: "short_text", text: "photosynthesis" },
  [question(7)]: { type: "matching", pairs: { o1: "o2", o2: "o1", o3: "o3" } },
};
const mark = (points, points_max, outcome, why, more = {}) => ({
  points,
  points_max,
  outcome,
  parts: [],
  why,
  comment: "",
  by_person: false,
  ...more,
});
const byMarker = { code: "by_marker", words: 24, too_long: false, too_short: false };
const marks = {
  1: mark(2, 2, "correct", { code: "right" }),
  2: mark(1, 2, "partial", { code: "balance", right: 1, right_of: 2, wrong: 1, wrong_of: 2 }),
  3: mark(2, 2, "correct", { code: "right" }),
  4: mark(0, 2, "wrong", { code: "text_not_accepted" }),
  5: mark(2, 2, "correct", { code: "number_accepted", alternative: 0, fraction: 1 }),
  6: mark(
    1.3333333,
    2,
    "partial",
    { code: "right_of", right: 2, of: 3 },
    {
      parts: [
        { part: "1", points: 0.6666667, why: { code: "right" } },
        { part: "2", points: 0.6666667, why: { code: "right" } },
        { part: "3", points: 0, why: { code: "unanswered" } },
      ],
    },
  ),
  7: mark(
    1.3333333,
    2,
    "partial",
    { code: "right_of", right: 2, of: 3 },
    {
      parts: [
        { part: "o1", points: 0.6666667, why: { code: "right" } },
        { part: "o2", points: 0.6666667, why: { code: "right" } },
        { part: "o3", points: 0, why: { code: "wrong" } },
      ],
    },
  ),
  8: mark(2, 2, "correct", { code: "right" }),
  9: mark(0, 2, "unanswered", { code: "unanswered" }),
  10: mark(7.5, 10, "partial", byMarker, {
    by_person: true,
    comment: "A clear judgement with one good reason. The second is named but not argued.",
  }),
  11: mark(0, 2, "unanswered", { code: "unanswered" }),
  12: mark(0, 4, "needs_marking", { ...byMarker, words: null }),
};

export const review = (attempt) => ({
  attempt_id: attempt.id,
  sitting_id: attempt.sitting_id,
  title: attempt.title,
  time_zone: attempt.time_zone,
  state: "submitted",
  started_at: attempt.started_at,
  ended_at: attempt.submitted_at,
  complete: false,
  score: 19.1666667,
  points_max: 36,
  sections: paper.sections,
  stimuli: paper.stimuli,
  questions: questions.map((asked) => ({
    id: asked.id,
    number: asked.number,
    question: asked,
    response: responses[asked.id] ?? null,
    mark: marks[asked.number],
  })),
  solutions: questions
    .filter((asked) => keys[asked.id])
    .map((asked) => ({
      question_id: asked.id,
      right: keys[asked.id],
      model_answer_html: null,
      feedback: {
        parts: [],
        general_html:
          asked.number === 4
            ? "<p>Respiration <em>releases</em> energy; photosynthesis stores it.</p>"
            : null,
        explanation_html: null,
      },
    })),
});

import { api, type StimulusView, take } from "@/shared/api";

/** The order in which the questions of a shared text are asked. */
export function orderStimulus(
  stimulusId: string,
  questionIds: readonly string[],
): Promise<StimulusView> {
  return take(
    api.PUT("/api/v1/questions/stimuli/{stimulus_id}/questions", {
      params: { path: { stimulus_id: stimulusId } },
      body: { question_ids: [...questionIds] },
    }),
  );
}

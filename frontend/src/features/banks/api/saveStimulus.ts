import { api, type RichText, type StimulusView, take } from "@/shared/api";

/** Stores a new version of a shared text over `version`. */
export function saveStimulus(
  stimulusId: string,
  stimulus: { version: number; title: string; text: RichText },
): Promise<StimulusView> {
  return take(
    api.PUT("/api/v1/questions/stimuli/{stimulus_id}", {
      params: { path: { stimulus_id: stimulusId } },
      body: stimulus,
    }),
  );
}

import { api, take } from "@/shared/api";

/** Takes away a shared text that no question shares. */
export async function deleteStimulus(stimulusId: string): Promise<void> {
  await take(
    api.DELETE("/api/v1/questions/stimuli/{stimulus_id}", {
      params: { path: { stimulus_id: stimulusId } },
    }),
  );
}

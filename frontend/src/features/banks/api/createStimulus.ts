import { api, type RichText, type StimulusView, take } from "@/shared/api";

export function createStimulus(
  bankId: string,
  stimulus: { title: string; text: RichText },
): Promise<StimulusView> {
  return take(
    api.POST("/api/v1/questions/banks/{bank_id}/stimuli", {
      params: { path: { bank_id: bankId } },
      body: stimulus,
    }),
  );
}

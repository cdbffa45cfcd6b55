import { queryOptions } from "@tanstack/react-query";
import { api, type StimulusView, take } from "../../api";

export const stimulusQuery = (stimulusId: string) =>
  queryOptions({
    queryKey: ["stimuli", stimulusId],
    queryFn: ({ signal }): Promise<StimulusView> =>
      take(
        api.GET("/api/v1/questions/stimuli/{stimulus_id}", {
          params: { path: { stimulus_id: stimulusId } },
          signal,
        }),
      ),
  });

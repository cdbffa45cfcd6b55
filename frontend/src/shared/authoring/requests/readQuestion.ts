import { queryOptions } from "@tanstack/react-query";
import { api, type QuestionView, take } from "../../api";

export const questionQuery = (questionId: string) =>
  queryOptions({
    queryKey: ["questions", questionId],
    queryFn: ({ signal }): Promise<QuestionView> =>
      take(
        api.GET("/api/v1/questions/{question_id}", {
          params: { path: { question_id: questionId } },
          signal,
        }),
      ),
  });

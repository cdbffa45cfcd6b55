import { api, type QuestionView, take } from "@/shared/api";
import { type Content, type Filing, sentContent } from "./content";

/** Stores a question over `version`: a new version when its content differs, otherwise only where it is filed. */
export function saveQuestion(
  questionId: string,
  version: number,
  content: Content,
  filing: Filing,
): Promise<QuestionView> {
  return take(
    api.PUT("/api/v1/questions/{question_id}", {
      params: { path: { question_id: questionId } },
      body: { version, content: sentContent(content), ...filing },
    }),
  );
}

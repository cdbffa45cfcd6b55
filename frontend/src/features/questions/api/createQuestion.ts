import { api, type QuestionView, take } from "@/shared/api";
import { type Content, type Filing, sentContent } from "./content";

/** Stores a new question in a bank. */
export function createQuestion(
  bankId: string,
  content: Content,
  filing: Filing,
): Promise<QuestionView> {
  return take(
    api.POST("/api/v1/questions/banks/{bank_id}/questions", {
      params: { path: { bank_id: bankId } },
      body: { content: sentContent(content), ...filing },
    }),
  );
}

import type { QuestionType } from "@/shared/api";
import type { QuestionFilter } from "@/shared/authoring/requests/searchQuestions";

/** What the address of a bank's page says about the list. */
export interface BankFilter {
  q?: string;
  category?: string;
  type?: QuestionType;
  tags?: string[];
  status?: "draft" | "ready" | "archived";
}

export function questionFilter(bankId: string, filter: BankFilter): QuestionFilter {
  const { q, category, type, tags, status } = filter;
  return {
    bank_id: bankId,
    ...(q && { q }),
    ...(category && { category_id: category }),
    ...(type && { type: [type] }),
    ...(tags && tags.length > 0 && { tag: tags }),
    ...(status && { status }),
  };
}

/** Whether anything narrows the list. */
export function isNarrowed(filter: BankFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value.length > 0);
}

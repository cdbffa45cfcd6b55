import { type ComponentType, createContext } from "react";
import type { Interaction, QuestionResponse } from "../api";

export interface CandidateViewProps {
  view: { stem_html: string; interaction: Interaction };
  /** The text that the question shares with others. */
  stimulusHtml?: string | null;
  response: QuestionResponse | undefined;
  onChange: (response: QuestionResponse) => void;
}

/**
 * Draws a question as the player does. The player is another feature, so the app hands its component in here; where
 * nobody did, nothing is drawn.
 */
export const CandidateViewContext = createContext<ComponentType<CandidateViewProps>>(() => null);

import type { Interaction, QuestionResponse } from "@/shared/api";

type Kind = Interaction["type"];
export type InteractionOf<K extends Kind> = Extract<Interaction, { type: K }>;
export type ResponseOf<K extends Kind> = Extract<QuestionResponse, { type: K }>;

/** What every interaction is given. */
export interface InteractionProps<K extends Kind> {
  interaction: InteractionOf<K>;
  response: ResponseOf<K>;
  onChange: (response: ResponseOf<K>) => void;
  /** A field was left: the answer can be sent without waiting for more. */
  onSettle: () => void;
  /** Id of the element that asks the question; it names what is answered. */
  askedBy: string;
}

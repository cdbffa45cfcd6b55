import { type Pair, typed } from "../../model/types";
import { ClozeBody, ClozeKeyEditor } from "./Cloze";
import { EssayBody, EssayKeyEditor } from "./Essay";
import { FileUploadBody, FileUploadKeyEditor } from "./FileUpload";
import { MatchingBody, MatchingKeyEditor } from "./Matching";
import { MultipleChoiceBody, MultipleChoiceKeyEditor } from "./MultipleChoice";
import { NumericBody, NumericKeyEditor } from "./Numeric";
import { OrderingBody, OrderingKeyEditor } from "./Ordering";
import { ShortTextBody, ShortTextKeyEditor } from "./ShortText";
import { SingleChoiceBody, SingleChoiceKeyEditor } from "./SingleChoice";
import { TrueFalseKeyEditor } from "./TrueFalse";

interface Props {
  pair: Pair;
  onChange: (pair: Pair) => void;
}

const take =
  ({ pair, onChange }: Props) =>
  ({ body, scheme }: { body: Pair["question"]["body"]; scheme: Pair["key"]["scheme"] }) =>
    onChange({ question: { ...pair.question, body }, key: { ...pair.key, scheme } });

/** What the candidate answers with, whatever the type; nothing where the stem is all. */
export function BodyEditor(props: Props) {
  const one = typed(props.pair);
  const onChange = take(props);
  switch (one.type) {
    case "single_choice":
      return <SingleChoiceBody {...one} onChange={onChange} />;
    case "multiple_choice":
      return <MultipleChoiceBody {...one} onChange={onChange} />;
    case "short_text":
      return <ShortTextBody {...one} onChange={onChange} />;
    case "numeric":
      return <NumericBody {...one} onChange={onChange} />;
    case "cloze":
      return <ClozeBody {...one} onChange={onChange} />;
    case "matching":
      return <MatchingBody {...one} onChange={onChange} />;
    case "ordering":
      return <OrderingBody {...one} onChange={onChange} />;
    case "essay":
      return <EssayBody {...one} onChange={onChange} />;
    case "file_upload":
      return <FileUploadBody {...one} onChange={onChange} />;
    case "true_false":
    case "description":
      return null;
  }
}

/** What is right, whatever the type; nothing where nothing is asked. */
export function KeyEditor({
  undecided,
  onDecide,
  ...props
}: Props & {
  /** Whether nobody has said yet what is right, where the key has no way to leave it open. */
  undecided: boolean;
  onDecide: () => void;
}) {
  const one = typed(props.pair);
  const onChange = take(props);
  switch (one.type) {
    case "single_choice":
      return <SingleChoiceKeyEditor {...one} onChange={onChange} />;
    case "multiple_choice":
      return <MultipleChoiceKeyEditor {...one} onChange={onChange} />;
    case "true_false":
      return <TrueFalseKeyEditor {...one} {...{ onChange, undecided, onDecide }} />;
    case "short_text":
      return <ShortTextKeyEditor {...one} onChange={onChange} />;
    case "numeric":
      return <NumericKeyEditor {...one} onChange={onChange} />;
    case "cloze":
      return <ClozeKeyEditor {...one} onChange={onChange} />;
    case "matching":
      return <MatchingKeyEditor {...one} onChange={onChange} />;
    case "ordering":
      return <OrderingKeyEditor {...one} onChange={onChange} />;
    case "essay":
      return <EssayKeyEditor {...one} onChange={onChange} />;
    case "file_upload":
      return <FileUploadKeyEditor {...one} onChange={onChange} />;
    case "description":
      return null;
  }
}

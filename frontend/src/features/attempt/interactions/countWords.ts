/** Words as word processors count them: runs between spaces, and each Chinese, Japanese or Korean character as one. */
export function countWords(text: string): number {
  const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
  const alone = text.match(ideographs)?.length ?? 0;
  const others =
    text.replace(ideographs, " ").match(/[\p{L}\p{N}](?:[^\s]*[\p{L}\p{N}])?/gu)?.length ?? 0;
  return alone + others;
}

// The form: its state, which is the manifests, the steps and rows that show it, and everything that is
// derived from it: documents, checklist, shares, answers files, recipes.
//
// Invariants of this module
// - It knows the form: its state, its steps and their fields, recipes, answers, and the documents
//   they become. It knows nothing of how anything is drawn, typed or saved.
// - The form state *is* the manifests: ordered YAML values with the user's text beside them where
//   that text is not a value. What the form does not know stays where it was.
// - Unset is not empty: an unset field is absent from the value and so from the YAML.
// - Everything that follows from something else (a policy's target, the grants) is computed on the
//   way out by `document(_:)` and stored only once the user edits it.

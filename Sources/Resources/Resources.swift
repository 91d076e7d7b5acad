// The one typed reading of Kubernetes objects, and what the controllers make of them: which routes
// a listener admits, which policy holds where, which references are granted, how a rule splits and
// times requests, which objects are generated.
//
// Invariants of this module
// - Everything is a value made once from documents; nothing here changes afterwards, and the same
//   documents give the same answers. Of the outside it knows the time alone, asked once in
//   `Certificates`: a certificate that expired is none.
// - Nothing here reports: a field that is missing or of the wrong type is read as if it were left
//   out. It knows no rules (`Lint`) and no requests (`Simulation`).
// - What belongs together is found in tables, so that cost grows with the number of documents.
// - It knows no forms, no screen, no files. Facts of single fields come from the schemas (`Schemas`).

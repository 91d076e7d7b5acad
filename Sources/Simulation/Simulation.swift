// What becomes of a request that is sent to a Gateway: which listener, route, rule and backend take
// it, with which timeouts and retries, and why.
//
// Invariants of this module
// - Objects and what controllers make of them come from `Resources`; here they meet a request.
// - Everything is a value made once from documents; answering a request changes nothing.
// - Whatever is wrong with a document is read as if it were left out; an object that the API server
//   would refuse (`Lint` decides) is reported as a reservation.
// - What something attached may change and cannot be decided from the documents is reported as a
//   reservation, beside the status that applies otherwise.

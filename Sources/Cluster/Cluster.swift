// A cluster, through the user's own kubectl: what is in it, what its server says of an object, and what
// became of a route.
//
// Invariants of this module
// - Everything goes through kubectl, run without a shell, with an empty or given input, in a session of
//   its own: with a bound to its output and to its time. Credentials are left to kubectl.
// - Nothing in the cluster is changed but by `Kubectl.apply`: all other requests that leave are GETs
//   and dry runs.
// - Of Secrets only names and types are read, by the table that the server makes of them.
// - What may not be read is reported and stays unknown; the rest is used.
// - It knows no files, no terminal and no form.

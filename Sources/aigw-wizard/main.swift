// The program: arguments, files, processes and terminal around the wizard. No part of the behaviour
// is decided here.
//
// Invariants of this module
// - It is the only place that knows files, processes, the environment and exit statuses. It decides
//   nothing about manifests: it hands events to the wizard and does what the effects say.
// - Data goes to stdout, messages to stderr. Whatever ends the program, the terminal is given back
//   first and unsaved work is kept.
// - A file is replaced whole or not at all.

import Glibc

// An argument that is no text would come to us as another one: it could lead to another file.
if let word = Streams.unreadableArgument {
  Streams.printMessage("aigw-wizard: not UTF-8, so it cannot be the name of a file: \(word)")
  exit(Exit.usage)
}
exit(Program.run(Array(CommandLine.arguments.dropFirst())))

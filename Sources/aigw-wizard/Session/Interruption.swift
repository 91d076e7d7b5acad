import Cluster
import Glibc

/// Handles an interrupt (Ctrl-C, a closed terminal) during a cluster query: child processes end
/// with the program.
enum Interruption {
  private static let wish = Cancellation()

  /// What the next interrupt asks to end; the one after it ends us at once.
  static let cancellation: Cancellation = {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        Interruption.wish.ask()
        signal(number, SIG_DFL)
      }
    }
    return wish
  }()

  /// Ends us as the interrupt would have.
  static func leave() -> Never {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
    exit(Exit.unsaved)
  }
}

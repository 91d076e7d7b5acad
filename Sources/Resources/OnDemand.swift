import Synchronization

/// A value that is worked out when it is first asked for, then kept; copies share it.
final class OnDemand<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  /// The value; `make`, which must not ask for it itself, works it out the first time.
  func value(_ make: () -> Value) -> Value {
    known.withLock { known in
      if let known { return known }
      let value = make()
      known = value
      return value
    }
  }
}

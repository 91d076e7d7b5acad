import Synchronization

/// A value that is worked out when it is first asked for, then kept; copies share it.
package final class OnDemand<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  package init() {}

  /// The value; `make`, which must not ask for it itself, works it out the first time.
  package func value(_ make: () -> Value) -> Value {
    known.withLock { known in
      if let known { return known }
      let value = make()
      known = value
      return value
    }
  }
}

/// What several questions about the documents of an index need.
struct Derived: Sendable {
  let served = OnDemand<[ServedRoute]>()
  /// The oldest MCPRoute that has each HTTPRoute to a server.
  let serverOwners = OnDemand<[ObjectKey: Age]>()
  let earlyReadings = OnDemand<[GatewayPort: EarlyReading]>()
  let proxySetup = OnDemand<ProxySetup>()
  /// By the document of the nearest policy.
  let combinations = OnDemand<[Int: [[PolicyAttachments.Holder]]]>()
}

import Resources

extension Simulator {
  /// The first match that takes a request. Those that a policy leaves CONNECT requests only are passed
  /// over for others (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go).
  func first(
    in host: CompiledListener.VirtualHost, _ request: IndexedRequest, on listener: CompiledListener
  ) -> Candidate? {
    guard index.asksForConnect, request.request.method.uppercased() != "CONNECT" else {
      return host.first(request)
    }
    return host.candidates.first {
      !$0.rule.isDropped && $0.condition.mismatch(request) == nil
        && traffic(for: $0, on: listener)?.traffic.connectUpgrade == nil
    }
  }
}

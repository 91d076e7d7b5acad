import Resources

extension Simulator {
  /// The host of the request; where it names none and every route does, that of the first route.
  func assumedHost(of request: Request, _ answer: inout Answer) -> String? {
    if let host = request.bareHost { return host }
    let hosts = eligible(for: request).flatMap(\.hosts)
    guard !hosts.contains(where: { $0.domain == "*" }), let first = hosts.first else { return nil }
    let host =
      first.domain.hasPrefix("*") ? "any\(first.domain.dropFirst())" : first.domain
    answer.warnings.append("every route names hosts; the request is taken to be for \(host)")
    return host
  }

  /// The listeners that the request's port, or the listener that it names, leaves. One of a ListenerSet
  /// on a port of its own has to be named by the request.
  private func eligible(for request: Request) -> [CompiledListener] {
    let ports = Set(listeners.filter { !$0.isOfSet }.map(\.port))
    return listeners.filter { listener in
      if let name = request.listener { return listener.name == name && request.fits(listener.port) }
      if request.port == nil, listener.isOfSet { return ports.contains(listener.port) }
      return request.fits(listener.port)
    }
  }

  /// The listener that takes a request and the virtual host in it; no listener where none is for
  /// its port and host.
  ///
  /// The port chooses first. With TLS the name that the client asks for chooses the listener; in
  /// plain HTTP all listeners on a port are one to Envoy, and the closest virtual host does.
  func listenerAndHost(for host: String?, _ request: Request, _ answer: inout Answer)
    -> (listener: CompiledListener, host: CompiledListener.VirtualHost?)?
  {
    let eligible = eligible(for: request).compactMap { listener in
      listener.fit(host).map { (listener: listener, fit: $0) }
    }
    guard let best = eligible.map(\.fit).max() else { return nil }
    var found: (listener: CompiledListener, host: CompiledListener.VirtualHost?, rank: (Int, Int))?
    var isTied = false
    for (listener, fit) in eligible where listener.isPlain || fit == best {
      guard let virtualHost = listener.virtualHost(for: host) else { continue }
      let rank = (virtualHost.closeness(to: host), fit)
      guard let known = found else {
        found = (listener, virtualHost, rank)
        continue
      }
      if known.rank < rank {
        found = (listener, virtualHost, rank)
        isTied = false
      } else if known.rank == rank, known.listener.port != listener.port {
        isTied = true
      }
    }
    if isTied, let name = found?.listener.name {
      answer.warnings.append(
        "several listeners take this host; the request is sent to \(name), another is chosen by "
          + "its port or --listener")
    }
    if let found { return (found.listener, found.host) }
    // A listener without routes answers too, with 404.
    return eligible.first { $0.fit == best }.map { ($0.listener, nil) }
  }

  /// Why no listener takes a request.
  func absence(of request: Request) -> String {
    guard let gateway else { return "no route is on a Gateway" }
    if let name = request.listener, !listeners.contains(where: { $0.name == name }) {
      let names = listeners.compactMap(\.name)
      return "Gateway \(gateway) has no programmed listener \(name)"
        + (names.isEmpty ? "" : "; there is \(names.joined(separator: ", "))")
    }
    if let port = request.port, !listeners.isEmpty, !listeners.contains(where: { $0.port == port })
    {
      return
        "no listener of the Gateway is on port \(port), so that clients get no connection there; "
        + "leave the port out where something forwards it to a listener's, such as kubectl "
        + "port-forward"
    }
    if let port = request.port {
      return "no listener of the Gateway takes this host on port \(port); leave the port out where "
        + "something forwards it to a listener's, such as kubectl port-forward"
    }
    return listeners.isEmpty
      ? "no listener of the Gateway is programmed" : "no listener of the Gateway takes this host"
  }
}

extension Request {
  /// Whether it may be to a port, as far as both are known.
  fileprivate func fits(_ other: Int?) -> Bool { port == nil || other == nil || port == other }
}

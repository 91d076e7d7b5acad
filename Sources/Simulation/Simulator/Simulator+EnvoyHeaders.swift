import Resources
import YAML

extension Simulator {
  /// The request with the headers that Envoy writes before it looks for a route, as far as some match asks
  /// for them; what depends on the client is reserved (envoyproxy/envoy v1.38.1,
  /// source/common/http/conn_manager_utility.cc; envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/listener.go).
  func withEnvoysHeaders(
    _ request: Request, by client: Policy?, on listener: CompiledListener, _ answer: inout Answer
  ) -> Request {
    var request = request
    let detection = client?.spec.given("clientIPDetection")
    // Where the client's address is read from a header, Envoy is not the first proxy.
    let isFromHeader = ["customHeader", "xForwardedFor"].contains {
      detection?.given($0) != nil
    }
    let isGiven = request.joinedHeader("x-forwarded-proto") != nil
    if isTested("x-forwarded-proto"), !isGiven || !isFromHeader {
      request.apply(
        .set(name: "x-forwarded-proto", value: listener.isPlain ? "http" : "https"))
    }
    if isTested("x-request-id") {
      let isKept = request.joinedHeader("x-request-id") != nil
      switch client?.spec.given("headers", "requestID")?.text {
      case "Disable", "Preserve": break
      case "PreserveOrGenerate" where isKept: break
      case _ where isKept && isFromHeader: break
      case _: request.apply(.set(name: "x-request-id", value: Self.someRequestID))
      }
    }
    var written = isFromHeader ? [] : ["x-envoy-external-address"]
    if detection?.given("customHeader") == nil { written.append("x-forwarded-for") }
    for name in written where isTested(name) {
      answer.reservations.append(
        "Envoy sets header \(name) to the client's address, which is not known here: another rule may "
          + "match")
    }
    if isTested("content-type"), request.joinedHeader("content-type") == nil, !request.lacksBody {
      answer.reservations.append(
        "most clients send content-type, which this request lacks: another rule may match")
    }
    return request
  }

  /// Whether some match asks for a header.
  private func isTested(_ name: String) -> Bool { slots.place(of: name) != nil }

  /// An id as Envoy makes one for each request.
  private static let someRequestID = "2f6ec0a4-5c6b-4d3e-9b0a-7d1c8f3e5a21"
}

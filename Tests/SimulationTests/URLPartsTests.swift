import Resources
import Testing

@Suite("the parts of a URL") struct URLPartsTests {
  /// A URL and its parts.
  struct Case {
    let url: String
    let scheme: String
    let authority: String
    let path: String
    let host: String?
    let port: Int?

    init(
      _ url: String, _ scheme: String, _ authority: String, _ path: String, host: String?,
      port: Int? = nil
    ) {
      self.url = url
      self.scheme = scheme
      self.authority = authority
      self.path = path
      self.host = host
      self.port = port
    }
  }

  private static let cases = [
    Case("https://a.example/b/c", "https", "a.example", "/b/c", host: "a.example"),
    Case("http://a.example:8080/", "http", "a.example:8080", "/", host: "a.example", port: 8080),
    Case("https://a.example", "https", "a.example", "", host: "a.example"),
    Case("https://[::1]:443/x", "https", "[::1]:443", "/x", host: "::1", port: 443),
    Case("https://[fe80::1]", "https", "[fe80::1]", "", host: "fe80::1"),
    Case(
      "https://me:pw@a.example:1/x", "https", "me:pw@a.example:1", "/x", host: "a.example", port: 1),
    Case("https://a@b@[::1]/x", "https", "a@b@[::1]", "/x", host: "::1"),
    Case("https://a.example?to=b@c:1", "https", "a.example?to=b@c:1", "", host: "a.example"),
    Case("https://a.example#b:1/c", "https", "a.example#b:1", "/c", host: "a.example"),
    Case("https://a.example/b?c=d#e", "https", "a.example", "/b?c=d#e", host: "a.example"),
    Case("https://a.example:/x", "https", "a.example:", "/x", host: "a.example"),
    Case("https://a.example:http/x", "https", "a.example:http", "/x", host: "a.example"),
    Case("//a.example/x", "", "a.example", "/x", host: "a.example"),
    Case("https://", "https", "", "", host: nil),
    Case("https:///x", "https", "", "/x", host: nil),
    Case("https://:80/x", "https", ":80", "/x", host: nil, port: 80),
    Case(
      "%REQ(x-forwarded-proto)%://%REQ(:authority)%/x", "%REQ(x-forwarded-proto)%",
      "%REQ(:authority)%", "/x", host: "%REQ("),
  ]

  @Test("are cut where they begin, nothing decoded", arguments: cases)
  func parts(of example: Case) throws {
    let parts = try #require(URLParts(example.url))
    #expect(parts.scheme == example.scheme)
    #expect(parts.authority == example.authority)
    #expect(parts.path == example.path)
    #expect(parts.host == example.host)
    #expect(parts.port == example.port)
  }

  @Test(
    "are none without // at the beginning or behind a scheme",
    arguments: ["", "a.example", "/a//b", "a//b", "https:a.example", "mailto:me@a.example"])
  func others(text: String) { #expect(URLParts(text) == nil) }
}

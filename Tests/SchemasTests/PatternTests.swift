import Schemas
import Testing

@Suite struct PatternTests {
  static let samples: [(pattern: Pattern, accepted: [String], refused: [String])] = [
    (
      .group, ["", "a", "gateway.networking.k8s.io", "a-b.c"],
      ["A", "a.", ".a", "-a", "a-", "a..b", "a_b", "a b"]
    ),
    (
      .subdomain, ["a", "1", "r1", "a.b", "a-b", "1.2.3.4", "a--b"],
      ["", "A", "Route", "-a", "a-", "a..b", "a.-b", "a-.b", "a/b", "a:b", "${RouteName}", "é"]
    ),
    (
      .hostname, ["a", "*.example.com", "*.com", "1.2.3.4", "api.example.com"],
      ["", "*", "*.", "**.a.com", "a.*.com", "*a.com", "API.example.com", "a_b.com"]
    ),
    (
      .label, ["a", "team-a", "0", "a0"],
      ["", "a.b", "TeamA", "a_b", "-a", "a-", "*"]
    ),
    (.kind, ["Gateway", "a", "A-b1"], ["", "1a", "-a", "a-", "a.b", "a b"]),
    (.optionalKind, ["", "InferencePool"], ["1a", "a-"]),
    (
      .headerName, ["x-ai-eg-model", "x_y", "a!#$%&'*+-.^_`|~z", "0"],
      ["", ":method", "a b", "x:y", "é", "a\"", "(a)", "a,b", "a/b"]
    ),
    (
      .duration,
      ["300s", "5m", "500ms", "1h30m", "1h2m3s4ms", "99999s", "99999ms", "0s", "1s1s", "00001h"],
      [
        "", "300", "300 s", "1d", "1.5s", "-1s", "1h1m1s1ms1h", "s", "1H", "100us", "100000s", "1",
        " 1s", "1s ", "m", "1mms",
      ]
    ),
    (
      .quantity,
      ["50Mi", "52428800", "1k", "1010", "101Mi", "1E", "1Ei", "4Gi", "9007199254740993", "99T"],
      [
        "", "0", "0Mi", "05Mi", "Mi", "50MB", "50mi", "1m", "1n", "50K", "1.5Mi", "-1", "+1Mi",
        "1e6", "50 Mi", "5k5", "1_000",
      ]
    ),
    (
      .labelValue, ["", "ml", "a.b_c-d", "A", "1"],
      ["m l", "-a", "a-", "é", String(repeating: "a", count: 64), "a/b"]
    ),
    (
      .labelKey, ["app", "app.kubernetes.io/name", "a/B_c.d", "A"],
      ["", "/a", "a/", "a/b/c", "a b", "A.b/c", "-a", "a/" + String(repeating: "a", count: 64)]
    ),
    (.annotationKey, ["A.b/c", "note", "argocd.argoproj.io/tracking-id"], ["", "a b", "a/b/c"]),
    (
      .dateTime,
      [
        "2024-05-21T10:00:00Z", "2024-05-21t10:00:00z", "2024-05-21T10:00:00+99:99",
        "2024-05-21T10:00:00,5Z", "2024-05-21T10:00:00é12-01:00", "2024-02-29T23:59:59.123-11:30",
        "2024-05-21T10:00:00Ztomorrow",
      ],
      [
        "", "t", "yesterday", "2024-05-21 10:00:00", "2024-05-21", "2024-05-21T10:00:00",
        "2023-02-29T10:00:00Z", "2024-05-21T24:00:00Z", "2024-05-21T10:60:00Z",
        "2024-05-21T10:00:60Z", "2024-05-21T10:00:00.Z", "2024-05-21T10:00:00+2:00",
        "2024-05-21T10:00:00Zx", "2024-5-21T10:00:00Z", "2024-05-21T10:00:00\n5Z",
        "2024-05-21T1:00:00Z", "2024-05-21T10:00Z",
      ]
    ),
    (
      .timestamp,
      [
        "2024-05-21T10:00:00Z", "2024-05-21T10:00:00+02:00", "2024-02-29T23:59:59.123-11:30",
        "0000-01-01T00:00:00Z",
      ],
      [
        "yesterday", "2024-05-21 10:00:00", "2024-05-21", "2024-05-21T10:00:00",
        "2023-02-29T10:00:00Z", "2024-13-01T10:00:00Z", "2024-05-21T24:00:00Z",
        "2024-05-21T10:60:00Z", "2024-05-21T10:00:00.Z", "2024-05-21T10:00:00+2:00",
        "2024-05-21T10:00:00Zx", "2024-05-00T10:00:00Z",
      ]
    ),
    (
      .headerValue, ["gpt-4o", "a: b", "\"", "{a}", "~", "a\tb", "a b c"],
      ["", " lead", "true ", "a  b", "模型", "\u{85}", "a\t b", "🤖", "mod\u{e8}le", "a\u{7f}"]
    ),
    (.base64, ["YQ==", "YWI=", "YWJj", "+/+/"], ["", "YQ", "=", "Y===", "a b=", "é==="]),
    (
      .address, ["1.2.3.4", "001.1.1.1", "::", "1:2:3:4:5:6:7:8", "fe80::1", "a:b::c:d", ":1"],
      ["", "256.1.1.1", "1.2.3", "::1", "1::2::3", "1:2:3:4:5:6::7", "g::1", "1.2.3.4.5"]
    ),
    (
      .cidr,
      ["10.0.0.0/8", "x10.0.0.0/99", "::/0", "2001:db8::/32", "::1/128", "1:2:3:4:5:6:7:8/64"],
      ["", "10.0.0.0", "10.0.0/8", "10.0.0.0/", "256.256.256.256/8", "1:2/8", "abc/8"]
    ),
    (.caBundle, ["System", "a.b/c", "a/B_1"], ["", "system", "a/", "A/b", "a/b/c"]),
    (.oneLine, ["", "a b", "é"], ["a\nb", "a\r", "a\0"]),
    (.anyURL, ["", "https://example.com/a.wasm", "a b\n"], []),
    (
      .attribute, ["request.path", "xds.route_name", "source.", "upstream.a_1"],
      ["", "request", "xds.cluster_name", "request.a0", "request.A", "metadata.a"]
    ),
    (.moduleName, ["a", "a.b-c", "0"], ["", "A", "-a", "a.", "a_b"]),
    (
      .sha256, [String(repeating: "0a", count: 32)],
      [
        "", "abc", String(repeating: "0A", count: 32),
        "sha256:" + String(repeating: "0", count: 57),
      ]
    ),
    (.databaseFile, ["/a/b.mmdb", ".mmdb"], ["", "/a/b.csv", "/a/b.mmdb.gz", "/a\n/b.mmdb"]),
    (
      .httpURL, ["https://a.b", "http://a/b?c#d", "https://a:1/x y"],
      ["", "a.b/c", "ftp://a.b", "https://", "https:///a", "HTTPS://a.b", "https://a.b/c\nd"]
    ),
    (.plainHeader, ["X-Real-IP", "-"], ["", "a_b", "a b"]),
    (
      .addressType, ["IPAddress", "Hostname", "HostnameX", "xNamedAddress", "a.b/c", "A.b/c"],
      ["", "hostname", "a.b", "a/", "A/b"]
    ),
    (.protocolName, ["HTTP", "a-b", "a.b/c", "A.b/C"], ["", "-", "HTTP/", "a.b", "A/b"]),
    (
      .origin, ["*", "https://a.b", "http://*.a.b:80", "https://*", "http://*:1"],
      ["", "a.b", "ftp://a", "https://", "https://a:", "https://a/b", "https://a..b"]
    ),
    (.rootedDomain, ["a", "a.b."], ["", ".", "a..", "A"]),
    (
      .anyOrigin, ["*", "https://a.b", "ab://x y", "a+b-.c://*:1"],
      ["", "a://b", "1a://b", "ab:/c", "ab://", "ab://c:", "ab://c/d", "ab://c:1a"]
    ),
    (.controllerName, ["a.b/c", "a/b/c%~"], ["", "a", "a/", "A/b", "a/é"]),
    (.letters, ["de", "A"], ["", "d1", "é"]),
    (.cookieDomain, ["a", "a.bc", "a-b.cd"], ["", "a.b", "A", "a..bc"]),
    (
      .webOrigin, ["*", "https://a_b.c:80", "http://*.a", "https://*:1"],
      ["", "ftp://a", "https://a..b", "https://a:", "https://.a", "https://a."]
    ),
    (.schemeOrigin, ["*", "vscode-x://a_b", "a://*"], ["", "1a://b", "a:/b", "a://b:123456"]),
    (.uri, ["a://", "a://b/c?d#e", "é!://x y"], ["", "://a", "a:/b", "a/b://c", "a"]),
    (
      .requestURI,
      [
        "https://auth.example.com", "https://a.b:443/mcp?q=1#f", "/mcp", "*", "mailto:a@b", "a:b",
        "//", "https://", "https://u:p@a", "https://[::1]:80/a", "https://[fe80::1%25en0]/",
        "https://a/%20 b", "/a b", "https://a.b:", "https://é", "https://a%C3%A9", "http:///a",
        "/%41?%", "/?b",
      ],
      [
        "", "a", "auth.example.com", "a/b", ":a", "1a:b", "https://a b", "https://a:b",
        "https://[::1", "https://[1.2.3.4]", "https://a^", "/%", "/%2", "/%zz", "https://a%41",
        "https://u p@a", "https://a\n", "https://#", "a_b:c", "?", "#",
      ]
    ),
    (
      .amount,
      [
        "2", "0", "500m", "1Gi", "1.5", ".5", "5.", "+1k", "-1Ei", "1e3", "1E-3", "1E.5", "1E",
        "1n",
      ],
      [
        "", "m", ".", "1K", "1KI", "1mi", "1 Gi", "1e", "1e+", "--1", "1.2.3", "1ki", "1Gi ",
        "1E3m",
      ]
    ),
    (.urlPath, ["/", "/v1/models", "/a%2Fb", "@"], ["", "/a b", "/%", "/%zz", "/é", "?"]),
    (.labelText, ["", "a", "a_b.C-1"], ["-a", "a-", "a b"]),
    (.objectNamespace, ["", "a", "team-a"], ["a.b", "A", "-a"]),
  ]

  @Test("each pattern takes what the server takes and refuses the rest", arguments: samples)
  func takesAndRefuses(pattern: Pattern, accepted: [String], refused: [String]) {
    for text in accepted { #expect(pattern.accepts(text), "\(pattern) \(text)") }
    for text in refused { #expect(!pattern.accepts(text), "\(pattern) \(text)") }
  }

  @Test("every pattern has samples and speaks without signs of a regular expression")
  func coverage() {
    for pattern in Pattern.allCases {
      #expect(Self.samples.contains { $0.pattern == pattern })
      #expect(!pattern.description.contains("[a-z"), "\(pattern)")
    }
  }

  @Test("durations are read in milliseconds")
  func durations() {
    #expect(GatewayDuration.milliseconds("1h30m") == 5_400_000)
    #expect(GatewayDuration.milliseconds("1m1ms") == 60_001)
    #expect(GatewayDuration.milliseconds("99999h99999h99999h99999h") == 1_439_985_600_000)
  }

  @Test(
    "a length of time is written so that it reads back as the same",
    arguments: [
      0, 1, 999, 1000, 60_000, 90_000, 90_001, 3_600_000, 5_400_000, 99_999_000, 100_000_000,
      100_000_001, 359_996_400_000,
    ])
  func lengths(milliseconds: Int) {
    let text = GatewayDuration.text(milliseconds: milliseconds)
    #expect(GatewayDuration.milliseconds(text) == milliseconds, "\(text)")
  }

  @Test("sizes are read in bytes and stop at the greatest number there is")
  func sizes() {
    #expect(Quantity.bytes("50Mi") == 52_428_800)
    #expect(Quantity.bytes("50k") == 50_000)
    #expect(Quantity.bytes("4Gi") == 4_294_967_296)
    #expect(Quantity.bytes("9E") == 9_000_000_000_000_000_000)
    #expect(Quantity.bytes("10E") == .max)
    #expect(Quantity.bytes("99999999999999999999999") == .max)
    #expect(Quantity.bytes("8Ei") == .max)
  }
}

import YAML

extension ResourceKind {
  /// An address outside or inside the cluster (envoyproxy/gateway v1.8.1, CRD backends).
  package static let backend = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "Backend",
    versions: [Version("v1alpha1", isStored: true)],
    help: "Addresses that the gateway sends requests to.",
    spec: Property(
      "spec", .object(SchemaTable.object(backendFacts, parts: SchemaTable.common)),
      isRequired: true,
      help: "The addresses and how to connect to them.",
      source: Citation.envoyGatewayCRD("backends", line: 52),
      asking: [
        "type=DynamicResolver => !endpoints",
        "since next type=DynamicResolver => tls.autoSNIFromEndpointHostname!=true",
        "since next @namedEndpoints",
      ]),
    status: { SchemaTable.conditions })

  private static let backendFacts = """
    appProtocols list
      - choice gateway.envoyproxy.io/h2c gateway.envoyproxy.io/ws gateway.envoyproxy.io/wss
    endpoints list 1..256 ; @sameAddresses
      - object ; fqdn | ip | unix ; fqdn => !ip ; fqdn => !unix ; ip => !unix
        fqdn object
          hostname! subdomain ; since next as text 1..253 rootedDomain
          port! int 0..65535
        hostname subdomain
        ip object
          address! text 3..45 address
          port! int 0..65535
        unix object
          path! text ; @socketPath
        zone text
    fallback bool
    tls object ; caCertificateRefs+ => !wellKnownCACertificates+ \
        ; insecureSkipVerify=true & caCertificateRefs+ => !insecureSkipVerify \
        ; insecureSkipVerify=true & wellKnownCACertificates+ => !insecureSkipVerify \
        ; minVersion=1.3 => !ciphers ; @tlsVersions \
        ; since next sni => autoSNIFromEndpointHostname!=true
      alpnProtocols use texts
      autoSNIFromEndpointHostname bool ; since next
      caCertificateRefs use localRefs
      ciphers use texts
      clientCertificateRef use secretRef
      ecdhCurves use texts
      fingerprints list ; since 0.7
        - choice JA3 JA4
      insecureSkipVerify bool = false
      maxVersion choice Auto 1.0 1.1 1.2 1.3
      minVersion choice Auto 1.0 1.1 1.2 1.3
      signatureAlgorithms use texts
      sni subdomain
      wellKnownCACertificates text 1..253 caBundle ; until 0.6 as choice System
    type choice Endpoints DynamicResolver = Endpoints
    """
}

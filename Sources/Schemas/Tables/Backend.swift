import YAML

extension ResourceKind {
  /// An address outside or inside the cluster (envoyproxy/gateway v1.8.1, CRD backends).
  package static let backend = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "Backend",
    versions: [Version("v1alpha1", isStored: true)],
    help: "Addresses that the gateway sends requests to.",
    spec: Property(
      "spec", .object(SchemaTable.object(backendFacts, parts: SchemaTable.envoyGateway)),
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
    appProtocols list \
        # What the backend speaks besides HTTP/1.1, such as gateway.envoyproxy.io/h2c.
      - choice gateway.envoyproxy.io/h2c gateway.envoyproxy.io/ws gateway.envoyproxy.io/wss \
          # A protocol that the backend speaks.
    endpoints list 1..256 ; @sameAddresses # Where the backend is reached.
      - object ; fqdn | ip | unix ; fqdn => !ip ; fqdn => !unix ; ip => !unix \
          # A place where the backend is reached: a host name, an IP address or a Unix socket.
        fqdn object # A host name and a port.
          hostname! subdomain ; since next as text 1..253 rootedDomain \
              # The host name, which is looked up by DNS.
          port! int 0..65535 # The port that is connected to.
        hostname subdomain # The host name of this endpoint, such as health checks send it.
        ip object # An IP address and a port.
          address! text 3..45 address # The address, IPv4 or IPv6.
          port! int 0..65535 # The port that is connected to.
        unix object # A Unix socket beside the proxy.
          path! text ; @socketPath # The path of the socket, at most 108 characters.
        zone text # The zone that the endpoint is in.
    fallback bool # Whether the backend is used only while the others of the rule are unhealthy.
    tls object with backendTLSSettings ; caCertificateRefs+ => !wellKnownCACertificates+ \
        ; insecureSkipVerify=true & caCertificateRefs+ => !insecureSkipVerify \
        ; insecureSkipVerify=true & wellKnownCACertificates+ => !insecureSkipVerify \
        ; since next sni => autoSNIFromEndpointHostname!=true \
        # How connections to the backend are encrypted; where a BackendTLSPolicy says \
        otherwise, that counts.
      autoSNIFromEndpointHostname bool ; since next \
          # Whether the name in the TLS handshake (SNI) is the host name of the endpoint.
      caCertificateRefs use localRefs \
          # The ConfigMaps or Secrets that hold the trusted certificate authorities in their \
          key ca.crt.
      insecureSkipVerify bool = false # Whether any certificate is accepted; only for tests.
      sni subdomain # The host name that is asked for in the TLS handshake (SNI).
      wellKnownCACertificates text 1..253 caBundle ; until 0.6 as choice System \
          # Trusts the certificate authorities of the system, for System.
    type choice Endpoints DynamicResolver = Endpoints \
        # Whether the backend has the listed endpoints (Endpoints) or is looked up by the host \
        of the request (DynamicResolver).
    """
}

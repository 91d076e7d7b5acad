/// The fields of a ClientTrafficPolicy that forms keep as they are.
enum ClientTrafficPolicyPassThrough {
  static let facts = SchemaTable.object(table, parts: parts)

  static let http2 = part("http2")

  private static func part(_ name: String) -> ObjectSchema {
    ObjectSchema(facts.property(name)?.fields ?? [])
  }

  private static let table = """
    clientIPDetection object ; xForwardedFor => !customHeader \
        ; since next xForwardedFor | customHeader | directSourceIP \
        ; since next directSourceIP => !xForwardedFor ; since next directSourceIP => !customHeader \
        # How the address of the client is found behind other proxies; the address of the \
        connection counts if left out.
      customHeader object # Reads the address from a header that a trusted proxy sets.
        failClosed bool \
            # Whether requests get 403 where the address of the client cannot be found.
        name! text 1..255 plainHeader # The header with the address.
      directSourceIP object ; since next \
          # Takes the address of the connection as that of the client when its country or \
          network is looked up (GeoIP).
      xForwardedFor object ; numTrustedHops | trustedCIDRs ; numTrustedHops => !trustedCIDRs \
          # Reads the address from the X-Forwarded-For header.
        disableXForwardedForAppend bool ; since next \
            # Whether the gateway no longer appends the address of the connection to \
            X-Forwarded-For.
        numTrustedHops int \
            # Which entry of X-Forwarded-For is the client, from the right: 2 is the last but \
            one.
        trustedCIDRs list 1.. \
            # The proxies to trust: from the right, the first entry of X-Forwarded-For outside \
            these ranges is the client.
          - text cidr # A range of trusted addresses, such as 10.0.0.0/8.
    enableProxyProtocol bool \
        # Whether each connection must begin with a PROXY protocol header; deprecated, use \
        proxyProtocol.
    grpc object ; since 0.7 # Settings for gRPC.
      enableWeb bool \
          # Whether browsers may call gRPC services (gRPC-Web); left out, only those of \
          GRPCRoutes.
    headers object ; preserveXRequestID => !requestID \
        # How headers of requests and responses are changed.
      disableRateLimitHeaders bool \
          # Whether X-RateLimit headers are left out of responses; false if left out.
      earlyRequestHeaders use headerEdits # Changes headers of requests before a route is chosen.
      enableEnvoyHeaders bool \
          # Whether X-Envoy- headers are added to requests and responses; false if left out.
      host object ; since next # How the Host header is normalised.
        stripTrailingHostDot bool \
            # Whether a dot at the end of the host is removed before a route is chosen.
      lateResponseHeaders use headerEdits # Changes headers of all responses to clients.
      preserveXRequestID bool \
          # Whether the X-Request-ID of a client is kept; deprecated, use requestID.
      requestID choice PreserveOrGenerate Preserve Generate Disable \
          # Whether the X-Request-ID of a client is kept, and whether one is generated; \
          Generate if left out.
      withUnderscoresAction choice Allow RejectRequest DropHeader \
          # What happens to a header with an underscore in its name; RejectRequest if left \
          out.
      xForwardedClientCert object ; certDetailsToAdd+ => mode=AppendForward,SanitizeSet \
          # What becomes of the X-Forwarded-Client-Cert header, which describes the client's \
          certificate.
        certDetailsToAdd list ..5 \
            # What the header says of the certificate besides its hash; for AppendForward and \
            SanitizeSet.
          - choice Subject Cert Chain DNS URI # A part of the client's certificate.
        mode choice Sanitize ForwardOnly AppendForward SanitizeSet AlwaysForwardOnly \
            # Whether the header is removed, passed on or set anew; left out, it is removed \
            (Sanitize).
    healthCheck object # Answers health checks of load balancers in front of the Gateway.
      path! text 1..1024 # The path on which the gateway itself answers health checks.
    http1 object # Settings for HTTP/1.
      disableSafeMaxConnectionDuration bool \
          # Whether a connection is closed soon after maxConnectionDuration, without waiting \
          for its next request; false if left out.
      enableTrailers bool # Whether trailers of HTTP/1 are passed on; false if left out.
      http10 object # Accepts requests of HTTP/1.0 and HTTP/0.9.
        useDefaultHost bool \
            # Whether requests without a Host header get the host name of the listener, else \
            that of its only route with one.
      ignoredUpgradeTypes use stringMatches ; since 0.7 \
          # Upgrades that are ignored, so that the request is served as it is; others that are \
          not allowed get 403.
      preserveHeaderCase bool \
          # Whether header names keep their upper and lower case; false if left out: they \
          become lower case.
    http2 use http2
    http3 object # Offers HTTP/3 on listeners with TLS; not together with clientValidation.
    path object # How the path of a request is normalised.
      disableMergeSlashes bool # Whether // in a path stays; false if left out: it becomes /.
      escapedSlashesAction choice KeepUnchanged RejectRequest UnescapeAndForward \
          UnescapeAndRedirect \
          # What happens to %2F and %5C in a path; UnescapeAndRedirect if left out.
    proxyProtocol object \
        # Reads the address of the client from a PROXY protocol header, with which each \
        connection must begin.
      optional bool \
          # Whether connections without that header are accepted; only safe where every sender \
          is trusted. False if left out.
    scheme choice Preserve MatchBackend \
        # The :scheme that backends see: Preserve, the default, keeps the client's, \
        MatchBackend says https where the backend is called with TLS.
    tcpKeepalive use tcpKeepalive
    tls object with tlsSettings \
        # How connections of clients are encrypted, and how clients prove who they are.
      alpnProtocols list \
          # The protocols that are offered in the TLS handshake; h2 and http/1.1 if left out.
        - text # A protocol, such as h2.
      clientValidation object \
          ; since next allowExpiredCertificate=true & mode => mode=VerifyIfGiven,RequireAndVerify \
          # How certificates of clients are verified; none is asked for if left out.
        allowExpiredCertificate bool ; since next \
            # Whether an expired certificate is accepted that is valid otherwise; false if \
            left out.
        caCertificateRefs list ..8 \
            # The Secrets or ConfigMaps that hold the trusted certificate authorities in their \
            key ca.crt.
          - use secretRef
        certificateHashes list \
            # The SHA-256 hashes of the accepted certificates, in hex; any if left out.
          - text # The SHA-256 hash of an accepted certificate, in hex.
        crl object # Which certificates are revoked.
          onlyVerifyLeafCertificate bool \
              # Whether only the client's own certificate is looked up, not those above it; \
              false if left out.
          refs! list 1..8 \
              # The Secrets or ConfigMaps that hold the lists of revoked certificates in their \
              key ca.crl.
            - use secretRef
        mode choice Request RequireAny VerifyIfGiven RequireAndVerify ; since 0.7 \
            # Whether a client needs a certificate, and whether it is verified; \
            RequireAndVerify if left out.
        optional bool # Whether clients without a certificate are accepted; deprecated, use mode.
        spkiHashes list \
            # The SHA-256 hashes of the accepted public keys, in base64; any if left out.
          - text # The SHA-256 hash of an accepted public key, in base64.
        subjectAltNames object # The names of which a certificate must have one; any if left out.
          dnsNames use stringMatches # Host names in the certificate.
          emailAddresses use stringMatches # Email addresses in the certificate.
          ipAddresses use stringMatches # IP addresses in the certificate.
          otherNames list # Names of other types in the certificate.
            - object with stringMatch # A name of another type.
              oid! text # The OID of the type of the name.
          uris use stringMatches # URIs in the certificate.
      session object # How TLS sessions are kept.
        resumption object \
            # Lets clients resume a TLS session, which saves a full handshake; not done if \
            left out.
          stateful object # Resumes sessions by an id, whose state the proxy keeps.
          stateless object # Resumes sessions by a ticket, which the client keeps.
    """

  private static let parts = SchemaTable.parts(
    """
    someHeaders list 1..64 by name
      - use namedHeader
    headerEdits object # How headers are changed.
      add use someHeaders # Headers that are added, besides values that are there.
      addIfAbsent use someHeaders # Headers that are added where there is none of the name.
      remove list 1..64 set # Headers that are removed.
        - text # The name of a header.
      removeOnMatch list 1..64 # Headers that are removed by what their names are like.
        - use stringMatch # Names of headers.
      set use someHeaders # Headers that are set, in the place of those with the same name.
    """, and: SchemaTable.envoyGateway)
}

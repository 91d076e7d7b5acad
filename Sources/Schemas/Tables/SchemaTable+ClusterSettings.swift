extension SchemaTable {
  /// How Envoy Gateway treats a cluster of backends, also where other kinds embed that.
  static let clusterSettings = parts(
    """
    payload object ; @bytes ; type ? Text:text Binary:binary # Text or bytes.
      binary text base64 # The bytes in base64, for type Binary.
      text text # The text, for type Text.
      type! choice Text Binary # Whether a text or bytes are given.
    circuitBreaker object \
        # Limits on the connections and requests to the backends of a rule; they protect \
        backends from overload.
      maxConnections long 0..4294967295 = 1024 \
          # The largest number of connections to the backends of a rule.
      maxParallelRequests long 0..4294967295 = 1024 \
          # The largest number of requests at the same time.
      maxParallelRetries long 0..4294967295 = 1024 \
          # The largest number of retries at the same time; retryBudget replaces it.
      maxPendingRequests long 0..4294967295 = 1024 \
          # The largest number of requests that wait for a connection.
      maxRequestsPerConnection long 0..4294967295 \
          # How many requests go over one connection before it is closed; any number if left out.
      perEndpoint object # Limits for each endpoint by itself.
        maxConnections long 0..4294967295 = 1024 \
            # The largest number of connections to one endpoint.
      retryBudget object ; since 0.7 \
          # Limits retries to a share of the requests under way; it replaces \
          maxParallelRetries.
        minRetryConcurrency int \
            # Retries at the same time that are always allowed, however few requests there \
            are; 3 if left out.
        percent! use fraction # The share of the active and waiting requests that may be retries.
    clusterConnection object \
        # Buffers of connections to backends, and connections that are opened ahead.
      bufferLimit size # How much one connection may buffer, in bytes; 32768 if left out.
      preconnect object \
          # Opens connections before requests need them, to save time; not done if left out.
        perEndpointPercent int 100..300 \
            # Connections per endpoint as a percentage of those that requests need: 100 opens \
            none ahead, 200 twice as many.
        predictivePercent int 100.. \
            # Connections to the endpoints that are chosen next, as a percentage of those that \
            requests need; only for Random and RoundRobin.
      socketBufferLimit size # The size of a socket's buffer in the kernel, in bytes.
    dns object # How the host names of backends are resolved.
      dnsRefreshRate duration # How often a name is resolved again; 30s if left out.
      lookupFamily choice IPv4 IPv6 IPv4Preferred IPv6Preferred IPv4AndIPv6 \
          # Which addresses are looked up: IPv4 before IPv6 if left out, unless the EnvoyProxy \
          sets ipFamily.
      respectDnsTtl bool \
          # Whether a name is resolved again when its DNS record expires, not by \
          dnsRefreshRate; true if left out.
    healthCheck object # Finds endpoints that do not work, so that they get no requests.
      active object ; type ? HTTP:http TCP:tcp ; grpc => type=GRPC \
          # Probes that the gateway sends to each endpoint.
        grpc object # Probes of type GRPC.
          service text # The gRPC service that is asked about; the whole server if left out.
        healthyThreshold int 1.. = 1 \
            # Successful probes in a row after which an endpoint is healthy again.
        healthCheckLog object ; since next \
            # Writes the results of probes to a log, instead of what the EnvoyProxy says.
          matches list ..4 set ; @logPairs # Which results are written; all if left out.
            - choice Failure FailureSeriesStart Success HealthyTransition \
                # A kind of result that is written.
          sinks list ..1 # Where results are written; /dev/stdout if left out.
            - object ; type ? File:file # A place where results are written.
              file object # The file that results are written to, for type File.
                path! text 1.. # The path of the file; /dev/stdout is the standard output.
              type! choice File # The kind of place.
        http object ; since next @requestBody # Probes of type HTTP.
          expectedResponse use payload # What the body of a healthy response holds.
          expectedStatuses list # The status codes of a healthy endpoint; only 200 if left out.
            - long 100..599 # A status code of a healthy endpoint.
          hostname subdomain \
              # The Host header of probes; left out, that of the endpoint, else that of the \
              route.
          method text ; since next as ..16 # The method of probes; GET if left out.
          path! text 1..1024 # The path that probes ask for.
          requestBody use payload ; since next # The body that probes send.
          retriableStatuses list ; since 0.7 \
              # Status codes that count towards unhealthyThreshold; any other wrong one makes \
              the endpoint unhealthy at once.
            - long 100..599 # A status code that counts towards unhealthyThreshold.
        initialJitter duration # The first probe waits for a random time up to this one.
        interval duration = 3s # The time between two probes.
        overrides object ; since 0.7 # What is different for probes than for requests.
          port port # The port that probes go to; the endpoint's own if left out.
        tcp object # Probes of type TCP.
          receive use payload # What a healthy endpoint answers.
          send use payload # What a probe sends.
        timeout duration = 1s # How long a probe waits for the response.
        type! choice HTTP TCP GRPC # The protocol of probes.
        unhealthyThreshold int 1.. = 3 \
            # Failed probes in a row after which an endpoint is unhealthy; a wrong HTTP status \
            that is not retriable makes it so at once.
      panicThreshold int 0..100 \
          # Below this percentage of healthy endpoints, health is ignored; 50 if left out, 0 \
          never.
      passive use passive
    loadBalancer object \
        ; type ? ConsistentHash:consistentHash BackendUtilization:backendUtilization \
        DynamicModule:dynamicModule ; type=Random,ConsistentHash,DynamicModule => !slowStart \
        ; until 0.6 type=ConsistentHash => !zoneAware \
        ; since 0.7 type=ConsistentHash,BackendUtilization => !zoneAware.preferLocal \
        ; type=DynamicModule => !zoneAware \
        ; zoneAware.preferLocal => !zoneAware.weightedZones \
        ; type=DynamicModule => !endpointOverride \
        # How one of the endpoints of a backend is chosen; LeastRequest if left out.
      backendUtilization object ; since 0.7 \
          # Weighs endpoints by the load that they report (ORCA), for type BackendUtilization.
        blackoutPeriod duration \
            # How long an endpoint must report its load before the weight counts; 10s if left \
            out.
        errorUtilizationPenaltyPercent int 0.. \
            # How strongly errors lower the weight of an endpoint: 100 is a factor of 1.0, 150 \
            of 1.5.
        keepResponseHeaders bool = false \
            # Whether clients see the load in headers or trailers of the response.
        metricNamesForComputingUtilization use texts \
            # The metrics that count where an endpoint reports no application_utilization.
        outOfBand object ; since next \
            # Asks endpoints for their load over a gRPC stream, instead of reading it from \
            responses.
          authority text 1..259 oneLine \
              # The :authority of the stream; the endpoint's host name if left out.
          port port # The port of the stream; the endpoint's own if left out.
          reportingPeriod duration ; @notZero \
              # How often an endpoint reports its load; 10s if left out.
        weightExpirationPeriod duration \
            # After this long without a report an endpoint's weight no longer counts; 3m if \
            left out.
        weightUpdatePeriod duration \
            # How often weights are calculated anew, at least 100ms; 1s if left out.
      consistentHash object \
          ; type ? Header:header Headers:headers Cookie:cookie QueryParams:queryParams \
          # Sends requests with the same hash to the same endpoint, for type ConsistentHash.
        cookie object \
            # Hashes a cookie, for type Cookie; the gateway sets it where a request has none.
          attributes map # Further attributes of the cookie that the gateway sets.
            - text # The value of this attribute.
          name! text # The name of the cookie.
          ttl duration # How long the cookie that the gateway sets is valid (Max-Age).
        header object # Hashes one header, for type Header; deprecated, use headers.
          name! text # The name of the header that is hashed.
        headers list # Hashes headers, for type Headers.
          - object # A header that is hashed.
            name! text # The name of the header that is hashed.
        queryParams list # Hashes query parameters, for type QueryParams.
          - object # A query parameter that is hashed.
            name! text # The name of the query parameter.
        tableSize long 2..5000011 = 65537 \
            # The size of the table of hashes, a prime number; larger ones spread requests \
            more evenly.
        type! choice SourceIP Header Headers Cookie QueryParams # What of a request is hashed.
      dynamicModule object ; since 0.7 \
          # A load balancer from a dynamic module, for type DynamicModule.
        config any # What the load balancer is given as its configuration, as it is.
        lbPolicyName! name # The load balancer's name in the module.
        name! text 1..253 moduleName # The module's name in dynamicModules of the EnvoyProxy.
      endpointOverride object \
          # Lets a header of the request name the endpoint; if it is not available, type \
          decides.
        extractFrom! list 1..10 # Where the endpoint is read from.
          - object # A source of the endpoint.
            header text \
                # The header that holds the endpoint as IP:port, or several of them with \
                commas between.
      slowStart object # Sends few requests to a new endpoint at first, then more and more.
        window! duration # How long it takes until a new endpoint gets its full share.
      type! choice ConsistentHash LeastRequest Random RoundRobin BackendUtilization DynamicModule \
          ; until 0.6 as choice ConsistentHash LeastRequest Random RoundRobin \
          # How an endpoint is chosen.
      zoneAware object # How requests are spread over the zones of a cluster.
        preferLocal object # Prefers endpoints in the proxy's own zone.
          force object # Keeps all requests in the proxy's own zone.
            minEndpointsInZoneThreshold int \
                # The zone must have this many endpoints for its requests to stay.
          minEndpointsThreshold long \
              # All zones together must have this many endpoints for a zone to be preferred.
          percentageEnabled int 0..100 \
              # The percentage of requests for which the zone is preferred; 100 if left out.
        weightedZones list by zone ; since 0.7 # Spreads requests over the zones by weight.
          - object # A zone and its weight.
            weight! int # The share of this zone relative to the weights of the others.
            zone! text \
                # The zone, as the label topology.kubernetes.io/zone of the nodes says; zones \
                that are not listed have weight 1.
    sentProxyProtocol object \
        # Sends backends the address of the client in a PROXY protocol header.
      version! choice V1 V2 # The version of the PROXY protocol.
    clusterSettings object \
        ; connection.preconnect.predictivePercent => loadBalancer.type=Random,RoundRobin \
        # How the gateway treats this backend: retries, timeouts, health checks.
      circuitBreaker use circuitBreaker
      connection use clusterConnection
      dns use dns
      healthCheck use healthCheck
      http2 use http2
      loadBalancer use loadBalancer
      proxyProtocol use sentProxyProtocol
      retry use retry
      tcpKeepalive use tcpKeepalive
      timeout use timeout
    """,
    and: envoyGateway.merging(ResourceKind.shownSettings.map { ($0.name, $0) }) { first, _ in first
    })
}

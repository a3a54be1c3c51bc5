#pragma once

#include "core/apigateway/client_certificate.h"
#include "core/apigateway/custom_domain.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/vpc_link.h"

namespace core::apigateway {

// What an account has beside its APIs and all kinds of APIs use. The services of REST APIs and of HTTP and
// WebSocket APIs share one. Any thread.
struct AccountRecords {
    explicit AccountRecords(store::Store& store)
        : usage(store)
        , domains(store)
        , vpcLinks(store, "apigateway/vpclinks")
        , certificates(store, "apigateway/clientcertificates")
    {
    }

    UsageControl usage;
    CustomDomains domains;
    VpcLinks vpcLinks;
    ClientCertificates certificates;

    void reset()
    {
        usage.reset();
        domains.reset();
        vpcLinks.reset();
        certificates.reset();
    }
};

}

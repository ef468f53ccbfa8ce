"""A Diameter client that is none of ours (python-diameter), moved by lines of JSON: a request a line, an answer a line.

python foreign_client.py <host> <port> <peer's Origin-Host> <peer's realm> <our Origin-Host> <Destination-Realm>

What it is asked by the other side it answers with 2001, and tells as {"heard": ...}.
"""
import json
import sys
import threading

from diameter.message import constants as c
from diameter.message.avp.grouped import (
    MultipleServicesCreditControl, RecipientAddress, RecipientInfo, RequestedServiceUnit, ServiceInformation, SmsInformation,
    SubscriptionId, UsedServiceUnit,
)
from diameter.message.commands import CreditControlRequest, SessionTerminationRequest, SpendingLimitRequest
from diameter.node import Node
from diameter.node.application import SimpleThreadingApplication

host, port, peer_host, peer_realm, own_host, realm = sys.argv[1:7]
own_realm = own_host.split(".", 1)[1]
telling = threading.Lock()


def tell(what):
    with telling:
        print(json.dumps(what), flush=True)


def plain(avps):
    """AVPs by name; those that come more than once as a list."""
    told = {}
    for avp in avps:
        value = avp.value
        if isinstance(value, list):
            value = plain(value)
        elif isinstance(value, bytes):
            value = value.decode("latin1")
        elif not isinstance(value, (int, str, float, tuple)):
            value = str(value)
        told.setdefault(avp.name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in told.items()}


def heard(application, message):
    tell({"heard": message.name, **plain(message.avps)})
    return application.generate_answer(message, result_code=c.E_RESULT_CODE_DIAMETER_SUCCESS)


node = Node(own_host, own_realm, vendor_ids=[c.VENDOR_TGPP])
node.vendor_id = 0
peer = node.add_peer(f"aaa://{peer_host}:{port};transport=tcp", peer_realm, ip_addresses=[host], is_persistent=True, is_default=True)
gy = SimpleThreadingApplication(4, is_auth_application=True, request_handler=heard)
sy = SimpleThreadingApplication(16777302, is_auth_application=True, request_handler=heard)
for application in (gy, sy):
    # Requests to itself come for its own realm.
    node.add_application(application, [peer], [realm, own_realm])
node.start()
gy.wait_for_ready(20)
tell({"ready": True})


def route(message, asked):
    message.session_id = asked["session"]
    message.origin_host = own_host.encode()
    message.origin_realm = own_realm.encode()
    message.destination_realm = realm.encode()
    return message


def whose(asked):
    number = asked.get("number")
    return [] if number is None else [SubscriptionId(c.E_SUBSCRIPTION_ID_TYPE_END_USER_E164, number.lstrip("+"))]


def credit(asked):
    message = route(CreditControlRequest(), asked)
    message.auth_application_id = 4
    message.service_context_id = asked.get("context", "32251@3gpp.org")
    message.cc_request_type = asked["type"]
    message.cc_request_number = asked["count"]
    message.subscription_id = whose(asked)
    if "action" in asked:
        message.requested_action = asked["action"]
    if "units" in asked:
        message.requested_service_unit = RequestedServiceUnit(cc_service_specific_units=asked["units"])
        called = RecipientAddress(address_type=c.E_ADDRESS_TYPE_MSISDN, address_data=asked["to"])
        message.service_information = ServiceInformation(sms_information=SmsInformation(recipient_info=[RecipientInfo(recipient_address=[called])]))
        return gy.send_request(message, 15)
    service = MultipleServicesCreditControl(rating_group=10)
    if asked["type"] != 3:
        service.requested_service_unit = RequestedServiceUnit()
    if "used" in asked:
        service.used_service_unit = [UsedServiceUnit(cc_total_octets=asked["used"])]
    message.multiple_services_credit_control = [service]
    return gy.send_request(message, 15)


def limit(asked):
    message = route(SpendingLimitRequest(), asked)
    message.auth_application_id = 16777302
    message.sl_request_type = asked["type"]
    message.subscription_id = whose(asked)
    message.policy_counter_identifier = asked.get("counters", [])
    return sy.send_request(message, 15)


def end(asked):
    message = route(SessionTerminationRequest(), asked)
    message.header.application_id = 16777302
    message.auth_application_id = 16777302
    message.termination_cause = 1
    return sy.send_request(message, 15)


for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = {"credit": credit, "limit": limit, "end": end}[asked["do"]](asked)
        tell({"answer": asked["do"], **plain(answer.avps)})
    except Exception as error:  # told to the test, which fails by it
        tell({"answer": asked["do"], "fault": repr(error)})
node.stop()

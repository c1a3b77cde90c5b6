#!/usr/bin/env python3
"""A store that speaks S3, for tests/publish/run: moto keeps the objects; what moto leaves out is here. Signatures are made
again by botocore and compared, clocks are looked at, conditions of PUT are kept, and what is asked is counted. Orders of the
test come by paths below /_test/.

usage: store.py PORT KEY SECRET BUCKET"""

import datetime
import io
import json
import sys
import threading
import time
from urllib.parse import parse_qsl, urlsplit

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

port, key, secret, bucket = int(sys.argv[1]), *sys.argv[2:5]
moto = DomainDispatcherApplication(create_backend_app)
lock = threading.Lock()
# What the test wants: seconds by which this clock is wrong, answers that fail, milliseconds that each takes, no conditions.
orders = {"skew": 0, "fail": 0, "slow": 0, "loose": 0, "cut": 0}
counts = {}
paths = []


def fail(start, status, code):
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><AWSAccessKeyId>{key}</AWSAccessKeyId></Error>".encode()
    start(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def clock():
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=orders["skew"])


def http_date():
    return clock().strftime("%a, %d %b %Y %H:%M:%S GMT")


WSGIRequestHandler.date_time_string = lambda *_: http_date()


def signature(environ):
    """That of the request, by botocore, from all but the signature itself."""
    query = dict(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
    names = query["X-Amz-SignedHeaders"].split(";")
    headers = {name: environ["HTTP_" + name.upper().replace("-", "_")] for name in names if name != "host"}
    url = f"http://{environ['HTTP_HOST']}{environ['REQUEST_URI'].split('?')[0]}"
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url, headers=headers)
    auth = S3SigV4QueryAuth(Credentials(key, secret), "s3", query["X-Amz-Credential"].split("/")[2], int(query["X-Amz-Expires"]))
    at = datetime.datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ")

    class Fixed(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return at

    import botocore.auth

    botocore.auth.get_current_datetime = lambda: at
    auth.add_auth(request)
    return dict(parse_qsl(urlsplit(request.url).query))["X-Amz-Signature"]


def guard(environ, start):
    """None where the request may go on."""
    query = dict(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
    if "X-Amz-Signature" not in query:
        return fail(start, "403 Forbidden", "AccessDenied")
    if not query["X-Amz-Credential"].startswith(key + "/"):
        return fail(start, "403 Forbidden", "InvalidAccessKeyId")
    at = datetime.datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    if abs((clock() - at).total_seconds()) > 900:
        return fail(start, "403 Forbidden", "AccessDenied")
    signed = query["X-Amz-SignedHeaders"].split(";")
    meta = [n[5:].lower().replace("_", "-") for n in environ if n.startswith("HTTP_X_AMZ_")]
    if any(name not in signed for name in meta) or signature(environ) != query["X-Amz-Signature"]:
        return fail(start, "403 Forbidden", "SignatureDoesNotMatch")
    return None


def etag(environ):
    """That of the object that is there, as moto says."""
    found = {}

    def heard(status, headers, _=None):
        found.update({"status": status, "etag": dict(headers).get("ETag") or dict(headers).get("etag")})

    asked = dict(environ, REQUEST_METHOD="HEAD", CONTENT_LENGTH="0")
    asked["wsgi.input"] = io.BytesIO()
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
        asked.pop(name, None)
    list(moto(asked, heard))
    return found["etag"] if found["status"].startswith("200") else None


def app(environ, start):
    path = environ["PATH_INFO"]
    if path.startswith("/_test/"):
        name, _, value = path[len("/_test/"):].partition("/")
        with lock:
            if value:
                orders[name] = int(value)
            body = json.dumps({"counts": counts, "paths": paths}).encode()
            if name == "reset":
                counts.clear()
                paths.clear()
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]
    method = environ["REQUEST_METHOD"]
    with lock:
        counts[method] = counts.get(method, 0) + 1
        paths.append(f"{method} {path}")
        fails = orders["fail"] > 0
        if fails:
            orders["fail"] -= 1
    if fails:
        return fail(start, "503 Service Unavailable", "SlowDown")
    if orders["slow"]:
        time.sleep(orders["slow"] / 1000)
    refused = guard(environ, start)
    if refused is not None:
        return refused
    if orders["loose"]:
        environ.pop("HTTP_IF_MATCH", None), environ.pop("HTTP_IF_NONE_MATCH", None)
    if method == "PUT" and not orders["loose"] and path.startswith(f"/{bucket}/"):
        wanted, unwanted = environ.get("HTTP_IF_MATCH"), environ.get("HTTP_IF_NONE_MATCH")
        if wanted or unwanted:
            # Looked at and written in one step, as stores do.
            with lock:
                there = etag(environ)
                if (wanted and wanted.strip('"') != (there or "").strip('"')) or (unwanted and there):
                    return fail(start, "412 Precondition Failed", "PreconditionFailed")
                return list(moto(environ, start))
    return moto(environ, start)


if __name__ == "__main__":
    server = threading.Thread(target=run_simple, args=("127.0.0.1", port, app), kwargs={"threaded": True}, daemon=True)
    import logging

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    from moto.s3.models import s3_backends

    s3_backends["123456789012"]["global" if "global" in s3_backends["123456789012"] else "aws"].create_bucket(bucket, "us-east-1")
    server.start()
    print("ready", flush=True)
    server.join()

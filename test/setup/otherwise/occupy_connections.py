"""Holds every connection that PostgreSQL allows, and takes each one that becomes free."""

import sys
import time

import psycopg2

held = []
while True:
    try:
        held.append(psycopg2.connect(sys.argv[1], application_name="occupier"))
    except psycopg2.OperationalError:
        print("full")
        time.sleep(0.05)

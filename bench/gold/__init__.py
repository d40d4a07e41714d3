"""Readable marks under sentences, turned into gold files of the format leakdesk-gold/1, a part of the work in each module."""

"""Sets official papers: plain text to blocks, and blocks to HTML, PDF and Word.

It knows neither the database nor a request: whoever calls it brings text, figures and tables as plain values.
"""

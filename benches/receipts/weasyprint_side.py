"""The same receipts by WeasyPrint: a snapshot's JSON a line on standard input, one process.

The first one is measured by itself, with what it imports.
"""
import html
import json
import resource
import sys
import time

CSS = """
@page { size: A4; margin: 0 }
body { margin: 0; font: 9.5pt Inter, sans-serif }
section { position: absolute; width: 81mm; height: 124.5mm; padding: 12mm; overflow: hidden }
h1 { font-size: 15pt; margin: 0 } h2 { font-size: 11pt; margin: 0 0 3mm }
small { font-size: 7.5pt; text-transform: uppercase; color: #555 }
.total { font-size: 36pt; font-weight: bold } .tension { font-size: 24pt; font-weight: bold }
table { width: 100%; border-collapse: collapse } td { border-bottom: .15mm solid #ccc; padding: .4em 0 }
td + td { text-align: right } footer { position: absolute; left: 12mm; right: 12mm; bottom: 12mm; font-size: 8pt }
"""
PLACES = ["left:0;top:0", "left:105mm;top:0", "left:0;top:148.5mm", "left:105mm;top:148.5mm"]


def page(said):
    def text(key):
        return html.escape(said[key] or "")

    def rows(key):
        cells = "".join(
            f"<tr><td>{html.escape(line['label'])}</td><td>{html.escape(line['value'])}</td></tr>"
            for line in said.get(key, [])
        )
        return f"<table>{cells}</table>"

    def side(key):
        one = said[key]
        parts = html.escape(one["label"]), html.escape(one["tension"]), html.escape(one["string"])
        return "<p><small>{}</small><br><span class='tension'>{}</span><br>{}</p>".format(*parts)

    address = "<br>".join(html.escape(line) for line in said["business"])
    quadrants = [
        f"<h1>{text('stringer')}</h1><p><small>{text('client_label')}</small><br><b>{text('client')}</b><br>"
        f"{text('racket')}</p><p><small>{text('strung_label')}</small><br>{text('strung')}</p>"
        f"<p>{text('paid_label')}</p><p class='total'>{text('total')}</p><p>{text('title')} {text('number')}</p>",
        f"<h2>{text('setup_title')}</h2>{side('mains')}{side('crosses')}{rows('details')}",
        f"<h2>{text('price_title')}</h2>{rows('prices')}<p><b>{text('total_label')} {text('total_amount')}</b></p>"
        f"{rows('taxes')}",
        f"<h2>{text('business_title')}</h2><p>{address}</p><p>{text('thanks')}</p><p>{text('comment')}</p>",
    ]
    body = "".join(f"<section style='{at}'>{it}</section>" for at, it in zip(PLACES, quadrants))
    return (
        f"<html lang='{said['locale']}'><head><title>{text('title')} {text('number')}</title><style>{CSS}</style></head>"
        f"<body>{body}<footer>{text('tax_note')} {text('title')} {text('number')}</footer></body></html>"
    )


def main():
    said = [json.loads(line) for line in sys.stdin]
    began = time.perf_counter()
    from weasyprint import HTML

    pdf = HTML(string=page(said[0])).write_pdf()
    print(f"WeasyPrint first {(time.perf_counter() - began) * 1e3:8.1f} ms, {len(pdf)} bytes")
    began, cpu = time.perf_counter(), time.process_time()
    for one in said[1:]:
        HTML(string=page(one)).write_pdf()
    wall, cpu, count = time.perf_counter() - began, time.process_time() - cpu, len(said) - 1
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"WeasyPrint       {count / wall:8.1f} a second, {cpu / count * 1e3:.2f} ms of CPU, {most} MB at the most")


main()

"""Compares a workbook of V1's shape with the JSON of the book that it was brought into, cell by
cell: `compare.py WORKBOOK JSON`. It reads the workbook with openpyxl, so that no code of ours
is its own judge. Says each difference, and how much was compared."""

import json
import sys
from datetime import date, datetime
from decimal import Decimal

import openpyxl


def fold(text):
    return " ".join(str(text or "").replace("\u00a0", " ").split()).casefold()


def day(cell):
    if isinstance(cell, (datetime, date)):
        return cell.strftime("%Y-%m-%d")
    return None if cell in (None, "") else str(cell)


def money(cell):
    return None if cell in (None, "") else Decimal(str(cell)).quantize(Decimal("0.01"))


def said(text):
    return None if text is None else Decimal(text)


class Comparison:
    def __init__(self, workbook, book):
        self.file = openpyxl.load_workbook(workbook, data_only=True)
        self.orders = {order["external_ref"]: order for order in book["orders"]}
        self.clients = {client["id"]: client for client in book["clients"]}
        self.rackets = {racket["id"]: racket for racket in book["rackets"]}
        self.cells = 0
        self.wrong = []

    def same(self, place, file, book):
        self.cells += 1
        if file != book:
            self.wrong.append(f"{place}: {file!r} in the workbook, {book!r} in the book")

    def rows(self, sheet):
        groups, fields, *rows = self.file[sheet].iter_rows(values_only=True)
        names, group = [], ""
        for above, field in zip(groups, fields):
            group = above or group
            names.append(f"{group}.{field}")
        for number, row in enumerate(rows, start=3):
            cells = dict(zip(names, row))
            # A row with a number alone is an artefact.
            if sum(cell not in (None, "", 0) for cell in row[1:10]) > 0:
                yield number, cells

    def side(self, place, cells, group, side, has_price):
        string = f"{cells[group + '.Manufacturer'] or ''} {cells[group + '.Model'] or ''}"
        self.same(f"{place} string", fold(string), fold(f"{side['manufacturer']} {side['model']}"))
        self.same(f"{place} gauge", money(cells[group + ".Gauge"]), said(side["gauge_mm"]))
        self.same(f"{place} tension", money(cells[group + ".Tension"]), said(side["tension"]))
        if has_price:
            self.same(f"{place} price", money(cells[group + ".Price"]), said(side["price"]))
            self.same(f"{place} BYO", cells[group + ".BYO"] == "Yes", side["byo"])

    def client(self, number, cells):
        place = f"client row {number}"
        order = self.orders.get(f"client/{cells['Order.ID']}")
        if order is None:
            return self.wrong.append(f"{place}: not in the book")
        for field in ("Ordered", "Strung", "Returned", "Paid"):
            self.same(f"{place} {field}", day(cells[f"Dates.{field}"]), order[f"{field.lower()}_at"])
        client, racket = self.clients[order["client"]], self.rackets[order["racket"]]
        self.same(f"{place} name", fold(cells["Player.Last Name"]), fold(client["last_name"]))
        self.same(f"{place} name", fold(cells["Player.First Name"]), fold(client["first_name"]))
        self.same(
            f"{place} racket",
            fold(cells["Racquet.Model"]),
            fold(f"{racket['manufacturer']} {racket['model']}"),
        )
        for group, side in (("Main-String", "mains"), ("Cross-String", "crosses")):
            self.side(f"{place} {side}", cells, group, order[side], True)
        self.same(f"{place} labor", money(cells["Price.Labor"]), said(order["labor"]))
        paid = [
            0 if order[side]["byo"] else said(order[side]["price"]) or 0
            for side in ("mains", "crosses")
        ]
        self.same(f"{place} strings", money(cells["Price.Strings"]), Decimal(sum(paid)))
        self.same(f"{place} total", money(cells["Price.Total"]), said(order["total"]))
        self.same(f"{place} DT", money(cells["Notes.DT"]), said(order["dt_before"]))
        self.same(
            f"{place} comment", fold(cells["Notes.Comments"]), fold(order["comment_private"])
        )

    def own(self, number, cells):
        place = f"own row {number}"
        order = self.orders.get(f"own/{cells['Job.ID']}")
        if order is None:
            return self.wrong.append(f"{place}: not in the book")
        self.same(f"{place} strung", day(cells["Job.Strung"]), order["strung_at"])
        racket = self.rackets[order["racket"]]
        self.same(f"{place} racket", cells["Racquet.ID"], racket["nickname"])
        self.same(
            f"{place} model",
            fold(cells["Racquet.Model"]),
            fold(f"{racket['manufacturer']} {racket['model']}"),
        )
        for group, side in (("Main-String", "mains"), ("Cross-String", "crosses")):
            self.side(f"{place} {side}", cells, group, order[side], False)
            colour = cells[f"{group}.Colour"]
            self.same(f"{place} {side} colour", colour, order[side]["colour"])
        self.same(f"{place} method", cells["Notes.Method"], order["method"])
        self.same(f"{place} DT", money(cells["Notes.DT"]), said(order["dt_before"]))
        after = money(cells["Notes.DT after stringing"])
        self.same(f"{place} DT after", after, said(order["dt_after"]))

    def lists(self):
        by_name = {racket["nickname"]: racket for racket in self.rackets.values()}
        for identity, name, pattern, head, year, current, jobs in self.file["Lists"].iter_rows(
            min_row=7, max_col=7, values_only=True
        ):
            if not identity or not jobs:
                continue
            racket = by_name.get(identity)
            if racket is None:
                self.wrong.append(f"own racket {identity}: not in the book")
                continue
            called = f"{racket['manufacturer']} {racket['model']}"
            self.same(f"own racket {identity}", fold(name), fold(called))
            self.same(f"own racket {identity}", current == "Yes", racket["in_rotation"])


def main():
    workbook, book = sys.argv[1:3]
    with open(book, encoding="utf-8") as file:
        comparison = Comparison(workbook, json.load(file))
    for number, cells in comparison.rows("Client-Stringing-Orders"):
        comparison.client(number, cells)
    for number, cells in comparison.rows("Self-Stringing-Orders"):
        comparison.own(number, cells)
    comparison.lists()
    for difference in comparison.wrong[:50]:
        print(difference)
    print(f"{comparison.cells} cells compared, {len(comparison.wrong)} different")
    return bool(comparison.wrong)


if __name__ == "__main__":
    sys.exit(main())

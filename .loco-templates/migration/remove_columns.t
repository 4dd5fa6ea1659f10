to: .nowhere
injections:
# A file that is not there: the error is what tells what to do instead.
- into: 'this generator: it does not know the shapes of this house. Name the migration after its act (not AddXToY, RemoveXFromY, RenameXToY), and write the empty one that comes by hand; migration/src/columns.rs has the column shapes'
  append: true
  content: ""
---

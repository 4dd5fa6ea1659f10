to: .nowhere
injections:
# A file that is not there: the error is what tells what to do instead.
- into: 'this generator: it knows no tenant, policy or second stringer. Make a resource with cargo loco task scaffold name:reminder fields:"title:line! note:text due:date"'
  append: true
  content: ""
---

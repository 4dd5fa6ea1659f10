to: assets/views/{{ plural }}/index.html
skip_exists: true
injections:
- into: assets/views/_bar.html
  after: "px-2 py-1"
  content: "      <a class=\"button button--quiet button--small\" href=\"/{{ path }}\">{{ "{{" }} t(key=\"{{ path }}-title\") {{ "}}" }}</a>"
- into: assets/i18n/en/main.ftl
  append: true
  content: |
    {{ path }}-title = {{ many_en }}
    {{ path }}-empty = Nothing here yet.
    {{ path }}-none = Nothing here says “{ $q }”.
    {{ kebab }}-new = New: {{ one_en }}
    {{ kebab }}-edit = Change: {{ one_en }}
    {{ kebab }}-save = Save
    {{ kebab }}-remove = Remove
{%- for field in fields %}
    {{ kebab }}-{{ field.kebab }} = {{ field.label }}
{%- endfor %}
- into: assets/i18n/de/main.ftl
  append: true
  content: |
    {{ path }}-title = {{ many_de }}
    {{ path }}-empty = Hier ist noch nichts.
    {{ path }}-none = Nichts hier heisst «{ $q }».
    {{ kebab }}-new = Neu: {{ one_de }}
    {{ kebab }}-edit = Ändern: {{ one_de }}
    {{ kebab }}-save = Speichern
    {{ kebab }}-remove = Entfernen
{%- for field in fields %}
    {{ kebab }}-{{ field.kebab }} = {{ field.label }}
{%- endfor %}
---
{% raw %}{% extends "base.html" %}
{% block title %}{% endraw %}{{ "{{" }} t(key="{{ path }}-title") {{ "}}" }}{% raw %} · {{ t(key="app-name") }}{% endblock title %}
{% block main %}
<div class="section"><h1>{% endraw %}{{ "{{" }} t(key="{{ path }}-title") {{ "}}" }}{% raw %}</h1></div>
<form action="/{% endraw %}{{ path }}{% raw %}" method="get" role="search" class="mb-4">
  {{ <ui.field name="q" label={t(key="search")} value={q} type="search" autocomplete="off" {...{"hx-get": "/{% endraw %}{{ path }}{% raw %}", "hx-trigger": "input changed delay:150ms", "hx-target": "#list", "hx-sync": "this:replace", "hx-replace-url": "true"} } /> }}
  <noscript><button class="button mt-2">{{ t(key="search") }}</button></noscript>
</form>
<div id="list">{% include "{% endraw %}{{ plural }}{% raw %}/_list.html" %}</div>
{% endblock main %}
{% block dock %}<div class="dock"><a class="button button--main button--wide" href="/{% endraw %}{{ path }}{% raw %}/new">+ {{ t(key="{% endraw %}{{ kebab }}{% raw %}-new") }}</a></div>{% endblock dock %}{% endraw %}

to: assets/views/{{ plural }}/show.html
skip_exists: true
---
{% raw %}{% extends "base.html" %}
{% block title %}{% endraw %}{{ "{{" }} {{ singular }}.{{ fields.0.name }} {{ "}}" }}{% raw %} · {{ t(key="app-name") }}{% endblock title %}
{% block main %}
<div class="section"><h1>{% endraw %}{{ "{{" }} {{ singular }}.{{ fields.0.name }} {{ "}}" }}{% raw %}</h1></div>
<dl class="sheet side">{% endraw %}
{%- for field in fields %}
  <div class="row"><dt class="muted">{{ "{{" }} t(key="{{ kebab }}-{{ field.kebab }}") {{ "}}" }}</dt><dd{% if field.is_area %} class="whitespace-pre-line"{% endif %}>{% if field.is_flag %}{{ "{%" }} if {{ singular }}.{{ field.name }} {{ "%}" }}✓{{ "{%" }} else {{ "%}" }}–{{ "{%" }} endif {{ "%}" }}{% else %}{{ "{{" }} {{ singular }}.{{ field.name }}{% if not field.required %} or "–"{% endif %} {{ "}}" }}{% endif %}</dd></div>
{%- endfor %}
</dl>{% raw %}
<div class="flex gap-3 mt-4">
  {{ <ui.act action={"/{% endraw %}{{ path }}{% raw %}/" ~ {% endraw %}{{ singular }}{% raw %}.id} method="DELETE" label={t(key="{% endraw %}{{ kebab }}{% raw %}-remove")} class="button button--quiet" /> }}
</div>
{% endblock main %}
{% block dock %}<div class="dock"><a class="button button--main button--wide" href="/{% endraw %}{{ path }}/{{ "{{" }} {{ singular }}.id {{ "}}" }}{% raw %}/edit">{{ t(key="edit") }}</a></div>{% endblock dock %}{% endraw %}

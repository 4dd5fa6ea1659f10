to: assets/views/{{ plural }}/_list.html
skip_exists: true
---
{% raw %}{% if {% endraw %}{{ plural }}{% raw %} %}
<ul class="sheet">
  {% for {% endraw %}{{ singular }} in {{ plural }}{% raw %} %}
  <li class="job">
    <span class="job__who"><a href="/{% endraw %}{{ path }}/{{ "{{" }} {{ singular }}.id {{ "}}" }}">{{ "{{" }} {{ singular }}.{{ fields.0.name }} {{ "}}" }}{% raw %}</a></span>
    <span class="muted small">{% endraw %}{{ "{{" }} {{ singular }}.created {{ "}}" }}{% raw %}</span>
  </li>
  {% endfor %}
</ul>
{% elif q %}
<div class="sheet empty"><p>{{ t(key="{% endraw %}{{ path }}{% raw %}-none", q=q) }}</p></div>
{% else %}
<div class="sheet empty"><p class="muted">{{ t(key="{% endraw %}{{ path }}{% raw %}-empty") }}</p></div>
{% endif %}
{% set base = "/{% endraw %}{{ path }}{% raw %}" %}{% set extra = "" %}{% include "_pages.html" %}{% endraw %}

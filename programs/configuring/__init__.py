"""Changes to a program's configuration by its office: words, requirements, figures, charts, basics."""

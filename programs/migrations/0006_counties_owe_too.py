from django.db import migrations, models

SUBJECTS = [
    ("unit", "帮扶单位"),
    ("unit_leader", "单位主要领导"),
    ("team", "工作队"),
    ("first_secretary", "第一书记"),
    ("cadre", "帮扶干部"),
    ("town", "镇街"),
    ("village", "村"),
    ("pairing", "结对"),
    ("county", "县区（主管办公室）"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0005_programs_have_states_and_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="requirement",
            name="subject",
            field=models.CharField(choices=SUBJECTS, max_length=20, verbose_name="由谁完成"),
        ),
        migrations.AlterField(
            model_name="requirementevent",
            name="subject",
            field=models.CharField(choices=SUBJECTS, max_length=20, verbose_name="由谁完成"),
        ),
    ]

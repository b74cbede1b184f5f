"""Questionnaires without a database: conditions, values, XLSForm in and out, and reply forms that travel as workbooks and documents."""

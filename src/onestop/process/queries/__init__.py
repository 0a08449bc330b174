"""Reading templates, consultations and appraisals."""
